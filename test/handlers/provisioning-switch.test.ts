import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const rename = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'Renamed' }] };

let on: Endpoint;
let off: Endpoint;
let user: string;
let group: string;

beforeEach(async () => {
  on = await openEndpoint();
  off = await openEndpoint({ policy: { autoUserProvisioning: false }, openStore: async () => on.table });
  user = (await on.send('POST', '/Users', { body: { schemas: [USER], userName: 'ada' } })).json.id;
  group = (await on.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Staff', members: [{ value: user }] } })).json.id;
});

const pathOf = (collection: string, method: string): string => {
  if (method === 'POST') return `/${collection}`;
  return `/${collection}/${collection === 'Users' ? user : group}`;
};

describe('an application whose Auto User Provisioning is off', () => {
  it.each(['Users', 'Groups'].flatMap((collection) => ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, collection] as const)))(
    'is refused a %s of %s by the switch, and nothing changes',
    async (method, collection) => {
      const path = collection === 'Users' ? `/Users/${user}` : `/Groups/${group}`;
      const before = (await on.send('GET', path)).json;
      const body = method === 'PATCH' ? rename : { schemas: [USER], userName: 'bob', displayName: 'bob' };

      const { status, json } = await off.send(method, pathOf(collection, method), { body });

      expect([status, json.detail]).toEqual([403, expect.stringContaining("set the application's autoUserProvisioning to true")]);
      expect((await on.send('GET', path)).json).toEqual(before);
      expect((await on.send('GET', `/${collection}`)).json.totalResults).toBe(1);
    },
  );

  it('passes Test Connection and reads what there is', async () => {
    const test = await off.send('GET', '/Users', { query: { filter: 'userName eq "7a9c2d0e-no-such-user"' } });
    const byId = await off.send('GET', `/Users/${user}`);
    const search = await off.send('POST', '/.search', {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] },
    });
    const discovery = await off.send('GET', '/ServiceProviderConfig');

    expect([test.status, test.json.totalResults, byId.status, discovery.status]).toEqual([200, 0, 200, 200]);
    expect(search.json.totalResults).toBe(2);
  });

  it('is refused each operation of a bulk request by itself', async () => {
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [USER], userName: 'bob' } },
      { method: 'DELETE', path: `/Groups/${group}` },
    ];

    const { status, json } = await off.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } });

    expect(status).toBe(200);
    expect(json.Operations.map(({ status: each }: { status: string }) => each)).toEqual(['403', '403']);
    expect(json.Operations[0].response.detail).toContain('autoUserProvisioning');
    expect((await on.send('GET', `/Groups/${group}`)).status).toBe(200);
  });

  it('is refused a change of whom /Me stands for', async () => {
    const limited = await openEndpoint({
      policy: { autoUserProvisioning: false, me: { 'credential-1': user } },
      openStore: async () => on.table,
    });

    expect((await limited.send('GET', '/Me')).status).toBe(200);
    expect((await limited.send('PATCH', '/Me', { body: rename })).status).toBe(403);
  });
});
