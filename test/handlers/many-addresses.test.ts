import { describe, expect, it } from '@jest/globals';
import { openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const addresses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ value: `a${from + index}@example.com` }));

describe('a user with many addresses', () => {
  it('is refused with advice where it could not be removed again, and can be removed where it is not', async () => {
    const { send } = await openEndpoint();
    const aUser = (count: number) => ({ schemas: [USER], userName: 'many', externalId: 'e-many', emails: addresses(0, count) });

    const refused = await send('POST', '/Users', { body: aUser(89) });
    const { status, json } = await send('POST', '/Users', { body: aUser(88) });

    expect([refused.status, refused.json.detail]).toEqual([413, expect.stringContaining('at most 90 values')]);
    expect(status).toBe(201);
    expect((await send('DELETE', `/Users/${json.id}`)).status).toBe(204);
  });

  it('cannot get past the limit a few at a time, and stays as it was', async () => {
    const { send } = await openEndpoint();
    const { json } = await send('POST', '/Users', { body: { schemas: [USER], userName: 'growing', emails: addresses(0, 60) } });
    const grow = { schemas: [PATCH], Operations: [{ op: 'add', path: 'emails', value: addresses(60, 96) }] };

    expect((await send('PATCH', `/Users/${json.id}`, { body: grow })).status).toBe(413);

    expect((await send('GET', `/Users/${json.id}`)).json).toEqual(json);
    expect((await send('DELETE', `/Users/${json.id}`)).status).toBe(204);
  });
});
