import { beforeEach, describe, expect, it } from '@jest/globals';
import { PRESETS } from '../../src/access/presets.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const rename = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'Renamed' }] };

let free: Endpoint;
let user: string;
let group: string;

/** The same directory, seen by an application of this policy. */
const under = (policy: Parameters<typeof openEndpoint>[0]): Promise<Endpoint> =>
  openEndpoint({ ...policy, openStore: async () => free.table });

const current = async (path: string) => (await free.send('GET', path)).json;

beforeEach(async () => {
  free = await openEndpoint();
  user = (await free.send('POST', '/Users', { body: { schemas: [USER], userName: 'ada' } })).json.id;
  group = (await free.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Staff', members: [{ value: user }] } })).json.id;
});

describe('an application that does not provision groups', () => {
  it('finds none: the list is empty, and an id leads nowhere', async () => {
    const { send } = await under({ policy: { resourceTypes: ['User'] } });

    const list = await send('GET', '/Groups', { query: { filter: 'displayName eq "Staff"' } });
    const byId = await send('GET', `/Groups/${group}`);

    expect([list.status, list.json.totalResults, list.json.Resources]).toEqual([200, 0, []]);
    expect(byId.status).toBe(404);
    expect(byId.text).not.toContain('Staff');
    expect((await send('GET', `/Users/${user}`)).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('is refused a %s of one, and nothing changes', async (method) => {
    const { send } = await under({ policy: { resourceTypes: ['User'] } });
    const before = await current(`/Groups/${group}`);

    const { status } = await send(method, method === 'POST' ? '/Groups' : `/Groups/${group}`, { body: rename });

    expect(status).toBe(403);
    expect(await current(`/Groups/${group}`)).toEqual(before);
  });
});

describe('an application whose changes are ignored', () => {
  const policy = { ...PRESETS.entra.settings, features: { update: 'ignore', remove: 'ignore' } };
  const put = { schemas: [GROUP], displayName: 'Renamed' };

  it.each([
    ['PATCH of a group', 'PATCH', 'Groups', rename, 204],
    ['PATCH of a user', 'PATCH', 'Users', rename, 200],
    ['PUT of a group', 'PUT', 'Groups', put, 200],
    ['DELETE of a group', 'DELETE', 'Groups', undefined, 204],
    ['DELETE of a user', 'DELETE', 'Users', undefined, 204],
  ])('is answered a %s as if it had been made, and nothing changes', async (_, method, collection, body, status) => {
    const { send } = await under({ policy });
    const path = `/${collection}/${collection === 'Users' ? user : group}`;
    const before = await current(path);

    const answer = await send(method, path, { body, headers: { 'If-None-Match': '*' } });

    expect(answer.status).toBe(status);
    expect(answer.line).toMatchObject({ policy: 'ignore', writeUnits: 0 });
    if (status === 200) expect(answer.json).toEqual(before);
    expect(await current(path)).toEqual(before);
  });

  it('pays for no members where the answer shows none, and finds nothing where nothing is', async () => {
    const { send } = await under({ policy });

    const silent = await send('PATCH', `/Groups/${group}`, { body: rename });
    const shown = await send('PATCH', `/Groups/${group}`, { body: rename, query: { attributes: 'displayName' } });

    expect([silent.line.storeCalls, shown.line.storeCalls]).toEqual([1, 1]);
    expect([shown.status, shown.json.displayName]).toEqual([200, 'Staff']);
    expect((await send('DELETE', `/Groups/${user}`)).status).toBe(404);
  });
});
