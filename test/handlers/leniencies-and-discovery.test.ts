import { describe, expect, it } from '@jest/globals';
import { openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

describe('an application that forgives only some deviations', () => {
  it('holds its client to the RFC in all others', async () => {
    const { send } = await openEndpoint({ policy: { leniencies: ['verbCase'] } });
    const { json: user } = await send('POST', '/Users', { body: { schemas: [USER], userName: 'strict', active: true } });
    const replace = (value: unknown) =>
      send('PATCH', `/Users/${user.id}`, { body: { schemas: [PATCH], Operations: [{ op: 'Replace', path: 'active', value }] } });

    expect(await replace('False')).toMatchObject({ status: 400, json: { scimType: 'invalidValue' } });
    expect(await replace(false)).toMatchObject({ status: 200, json: { active: false } });
  });
});

describe('discovery', () => {
  it.each([
    ['/Schemas', 3],
    ['/ResourceTypes', 2],
  ])('lists all of %s, and shows each by its id, whatever the case', async (path, total) => {
    const { send } = await openEndpoint();

    const { status, json, headers } = await send('GET', path);

    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/scim+json' });
    expect(json).toMatchObject({ schemas: [LIST], totalResults: total, itemsPerPage: total, startIndex: 1 });
    for (const item of json.Resources) {
      expect((await send('GET', `${path}/${item.id}`)).json).toEqual(item);
      expect((await send('GET', `${path}/${item.id.toUpperCase()}`)).json).toEqual(item);
    }
  });

  it.each(['/Schemas/urn:none', '/ResourceTypes/Device'])('has no %s', async (path) => {
    expect((await (await openEndpoint()).send('GET', path)).status).toBe(404);
  });

  it('claims what works, and nothing else', async () => {
    const { send } = await openEndpoint();

    const { json } = await send('GET', '/ServiceProviderConfig');

    const claims = Object.fromEntries(
      ['patch', 'filter', 'etag', 'bulk', 'sort', 'changePassword'].map((feature) => [feature, json[feature].supported]),
    );
    expect(claims).toEqual({ patch: true, filter: true, etag: true, bulk: true, sort: true, changePassword: false });
  });
});
