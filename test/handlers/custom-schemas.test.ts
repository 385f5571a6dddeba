import { beforeEach, describe, expect, it } from '@jest/globals';
import { noUsage } from '../../src/access/no-usage.ts';
import '../../src/runtime/harden.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { readExample, registryWith } from '../support/custom-registry.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const INFOR = 'urn:ietf:params:scim:schemas:extension:infor:2.0:User';
const BADGE = 'urn:example:scim:schemas:extension:badge:2.0:User';
const DEVICE = 'urn:example:params:scim:schemas:core:1.0:Device';

const badge = {
  id: BADGE,
  name: 'Badge',
  attributes: [
    { name: 'code', uniqueness: 'server' },
    { name: 'issued', mutability: 'immutable' },
    { name: 'printed', mutability: 'readOnly' },
    { name: 'pin', mutability: 'writeOnly', returned: 'never' },
    { name: 'note', returned: 'never' },
    { name: 'color', returned: 'request' },
    { name: 'level', type: 'integer', returned: 'always' },
    { name: 'constructor' },
  ],
};

const registry = registryWith(readExample('infor-user.json'), badge, readExample('device.json'));

let endpoint: Endpoint;
let send: Endpoint['send'];

/** The same directory, seen by functions that know these resource types. */
const knowing = (known: Registry): Promise<Endpoint> =>
  openEndpoint({
    services: { registryOf: async () => known },
    openStore: async () => endpoint?.table ?? openTestStore({ registry: known }),
  });

const create = async (path: string, body: object) => (await send('POST', path, { body })).json;
const aUser = (userName: string, extra: object = {}) => create('/Users', { schemas: [USER], userName, ...extra });
const patch = (path: string, ...Operations: readonly object[]) => send('PATCH', path, { body: { schemas: [PATCH], Operations } });
const find = async (path: string, filter: string) => (await send('GET', path, { query: { filter } })).json.totalResults;

beforeEach(async () => {
  endpoint = await openEndpoint({ services: { registryOf: async () => registry }, openStore: () => openTestStore({ registry }) });
  ({ send } = endpoint);
});

describe('discovery', () => {
  it('shows custom schemas, extensions and resource types beside the built-in ones', async () => {
    const schemas = await send('GET', '/Schemas');
    const types = await send('GET', '/ResourceTypes');
    const infor = await send('GET', `/Schemas/${INFOR}`);

    expect(schemas.json.Resources.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([USER, GROUP, INFOR, BADGE, DEVICE]));
    expect(types.json.Resources).toMatchObject([
      { id: 'User', schemaExtensions: [{}, { schema: INFOR, required: false }, { schema: BADGE, required: false }] },
      { id: 'Group' },
      { id: 'Device', endpoint: '/Devices', schema: DEVICE },
    ]);
    expect(infor.json.attributes.map(({ name }: { name: string }) => name)).toEqual([
      'actorId',
      'federationId',
      'ifsPersonId',
      'lnUser',
      'userAlias',
    ]);
  });
});

describe('an extension of users', () => {
  it('is taken without its URN in schemas, and named in the answer', async () => {
    const user = await aUser('ada', { [INFOR]: { lnUser: 'ada', unknown: 1 } });

    expect(user).toMatchObject({ schemas: [USER, INFOR], [INFOR]: { lnUser: 'ada' } });
    expect(user[INFOR]).not.toHaveProperty('unknown');
  });

  it('is filtered, sorted and projected by its attributes', async () => {
    await aUser('b', { [INFOR]: { lnUser: 'B', actorId: '1' } });
    await aUser('a', { [INFOR]: { lnUser: 'a', actorId: '2' } });
    await aUser('c');

    const sorted = await send('GET', '/Users', {
      query: { sortBy: `${INFOR}:lnUser`, filter: `${INFOR}:lnUser pr`, attributes: `${INFOR}:actorId` },
    });

    expect(sorted.json.Resources.map((user: Record<string, object>) => [user['userName'], user[INFOR]])).toEqual([
      [undefined, { actorId: '2' }],
      [undefined, { actorId: '1' }],
    ]);
    expect(await find('/Users', `${INFOR}:lnUser eq "b" and userName sw "b"`)).toBe(1);
    expect(await find('/Users', 'lnUser sw "A"')).toBe(1);
  });

  it('is changed by path, by its URN, and by keys that are paths', async () => {
    const { id } = await aUser('ada');

    const { json } = await patch(
      `/Users/${id}`,
      { op: 'Add', path: `${INFOR}:lnUser`, value: 'ada' },
      { op: 'add', path: INFOR, value: { actorId: '1' } },
      { op: 'replace', value: { [`${INFOR}:userAlias`]: 'al', [INFOR]: { ifsPersonId: '7' } } },
    );
    const cleared = await patch(`/Users/${id}`, { op: 'remove', path: INFOR });

    expect(json[INFOR]).toEqual({ lnUser: 'ada', actorId: '1', userAlias: 'al', ifsPersonId: '7' });
    expect(cleared.json).toMatchObject({ schemas: [USER] });
    expect(cleared.json).not.toHaveProperty([INFOR]);
  });
});

describe('a unique attribute of an extension', () => {
  it('is held by one user only, until it is given up', async () => {
    const ada = await aUser('ada', { [BADGE]: { code: 'X1' } });
    const eve = await aUser('eve');
    const take = () => patch(`/Users/${eve.id}`, { op: 'add', path: `${BADGE}:code`, value: 'x1' });

    expect(await aUser('bob', { [BADGE]: { code: 'x1' } })).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect((await take()).status).toBe(409);
    await patch(`/Users/${ada.id}`, { op: 'replace', path: `${BADGE}:code`, value: 'x2' });
    expect((await take()).status).toBe(200);
    await send('DELETE', `/Users/${eve.id}`);
    expect(await aUser('bob', { [BADGE]: { code: 'X1' } })).toMatchObject({ [BADGE]: { code: 'X1' } });
  });

  it('is found by a key, without a look at the others', async () => {
    await aUser('ada', { [BADGE]: { code: 'X1' } });

    const hit = await send('GET', '/Users', { query: { filter: `${BADGE}:code eq "x1"`, excludedAttributes: 'groups' } });
    const miss = await send('GET', '/Users', { query: { filter: `${BADGE}:code eq "x3"` } });

    expect(hit.json.totalResults).toBe(1);
    expect(hit.line).toMatchObject({ storeCalls: 2, readUnits: 2 });
    expect(miss.json.totalResults).toBe(0);
    expect(miss.line).toMatchObject({ storeCalls: 1, readUnits: 1 });
  });

  it('may be no longer than a key', async () => {
    expect(await aUser('ada', { [BADGE]: { code: 'x'.repeat(1_025) } })).toMatchObject({ scimType: 'invalidValue' });
  });
});

describe('characteristics of custom attributes', () => {
  it('say what is returned', async () => {
    const { id } = await aUser('ada', { [BADGE]: { note: 'n', color: 'red', level: 3, constructor: 'c' } });
    const read = async (query: Record<string, string>) => (await send('GET', `/Users/${id}`, { query })).json[BADGE];

    expect(await read({})).toEqual({ level: 3, constructor: 'c' });
    expect(await read({ attributes: `${BADGE}:color` })).toEqual({ color: 'red', level: 3 });
    expect(await read({ attributes: `${BADGE}:note` })).toEqual({ level: 3 });
    expect(await read({ excludedAttributes: BADGE })).toEqual({ level: 3 });
    expect((await send('GET', '/Users', { query: { filter: `${BADGE}:note eq "n"` } })).json).toMatchObject({ scimType: 'invalidFilter' });
    expect(await find('/Users', `${BADGE}:color eq "RED"`)).toBe(1);
  });

  it('keep nothing that is writeOnly', async () => {
    const { id } = await aUser('ada', { [BADGE]: { pin: 'canary', level: 1 } });
    await patch(`/Users/${id}`, { op: 'add', path: `${BADGE}:pin`, value: 'canary' });

    const loaded = await endpoint.table.store.load(
      'User',
      id,
      {},
      { requestId: 'r', deadlineMs: Number.MAX_SAFE_INTEGER, usage: noUsage() },
    );

    expect(loaded?.resource.attributes[BADGE]).toEqual({ level: 1 });
  });

  it('pass over what is readOnly in a body, and refuse it in a path', async () => {
    const { id, [BADGE]: values } = await aUser('ada', { [BADGE]: { printed: 'x', level: 1 } });

    expect(values).toEqual({ level: 1 });
    expect((await patch(`/Users/${id}`, { op: 'add', path: `${BADGE}:printed`, value: 'x' })).json).toMatchObject({
      scimType: 'mutability',
    });
  });

  it('let what is immutable be set once', async () => {
    const { id } = await aUser('ada', { [BADGE]: { level: 1 } });
    const put = (values: object) => send('PUT', `/Users/${id}`, { body: { schemas: [USER], userName: 'ada', [BADGE]: values } });

    expect((await put({ issued: 'a', level: 1 })).json[BADGE]).toEqual({ issued: 'a', level: 1 });
    expect((await put({ issued: 'b', level: 1 })).json).toMatchObject({ status: '400', scimType: 'mutability' });
    expect((await put({ level: 2 })).json[BADGE]).toEqual({ issued: 'a', level: 2 });
    expect((await patch(`/Users/${id}`, { op: 'replace', path: `${BADGE}:issued`, value: 'b' })).json).toMatchObject({
      scimType: 'mutability',
    });
  });
});

describe('a resource type of the operator’s own', () => {
  const device = (serialNumber: string, extra: object = {}) => create('/Devices', { schemas: [DEVICE], serialNumber, ...extra });

  it('lives as users do: it is created, read, replaced, changed and removed', async () => {
    const made = await device('SN-1', { externalId: 'd1', ports: 4, tags: ['a'], pin: '1' });
    const path = `/Devices/${made.id}`;

    const put = await send('PUT', path, { body: { schemas: [DEVICE], serialNumber: 'SN-1', ports: 5 } });
    const patched = await patch(path, { op: 'add', path: 'interfaces', value: [{ value: 'aa:bb', type: 'wireless' }] });
    const again = await device('SN-1');
    const removed = await send('DELETE', path);

    expect(made).toMatchObject({ schemas: [DEVICE], serialNumber: 'SN-1', externalId: 'd1', meta: { resourceType: 'Device' } });
    expect(made).not.toHaveProperty('pin');
    expect(put.json).toMatchObject({ serialNumber: 'SN-1', ports: 5 });
    expect(put.json).not.toHaveProperty('tags');
    expect(patched.json).toMatchObject({ interfaces: [{ value: 'aa:bb', type: 'wireless' }], meta: { version: 'W/"3"' } });
    expect(again).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(removed.status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    expect(removed.line).toMatchObject({ resourceType: 'Device', route: '/Devices/{id}', subject: 'SN-1' });
  });

  it('is filtered by every type of attribute', async () => {
    await device('SN-1', {
      active: true,
      purchased: '2024-05-01T00:00:00Z',
      price: 12.5,
      ports: 4,
      manual: 'https://example.com/Manual',
      certificate: 'AAAA',
      tags: ['red', 'blue'],
      interfaces: [{ value: 'aa:bb', type: 'wireless', primary: true }],
    });
    await device('sn-1', { price: 7, ports: 10, active: false });

    for (const [filter, count] of [
      ['serialNumber eq "SN-1"', 1],
      ['serialNumber sw "s"', 1],
      ['active eq true', 1],
      ['purchased gt "2024-04-30T23:59:59+00:00"', 1],
      ['price ge 7 and price lt 12.6', 2],
      ['ports gt 4', 1],
      ['manual co "Manual"', 1],
      ['manual co "manual"', 0],
      ['certificate eq "AAAA"', 1],
      ['tags eq "BLUE"', 1],
      ['interfaces[type eq "wireless" and primary eq true]', 1],
      ['interfaces.value ew "bb"', 1],
      ['not (tags pr)', 1],
      ['meta.resourceType eq "Device"', 2],
    ] as const) {
      expect([filter, await find('/Devices', filter)]).toEqual([filter, count]);
    }
  });

  it('refuses values of another type', async () => {
    for (const extra of [
      { ports: 1.5 },
      { price: 'x' },
      { active: 'maybe' },
      { purchased: 'today' },
      { certificate: '%' },
      { owner: {} },
      { tags: [{}] },
    ]) {
      expect(await device('SN-1', extra)).toMatchObject({ status: '400', scimType: 'invalidValue' });
    }
    expect(await create('/Devices', { schemas: [DEVICE] })).toMatchObject({ scimType: 'invalidValue' });
  });

  it('is sorted by numbers and times, and searched for', async () => {
    for (const [name, ports] of [
      ['a', 10],
      ['b', 9],
      ['c', 100],
    ] as const)
      await device(name, { ports });

    const sorted = await send('GET', '/Devices', { query: { sortBy: 'ports', attributes: 'ports' } });
    const searched = await send('POST', '/Devices/.search', {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'ports gt 9' },
    });
    const all = await send('POST', '/.search', {
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'id pr' },
    });

    expect(sorted.json.Resources.map(({ ports }: { ports: number }) => ports)).toEqual([9, 10, 100]);
    expect(searched.json.totalResults).toBe(2);
    expect(all.json.totalResults).toBe(3);
  });

  it('is created in bulk, and refers to what is created with it', async () => {
    const { json } = await send('POST', '/Bulk', {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [
          { method: 'POST', bulkId: 'u', path: '/Users', data: { schemas: [USER], userName: 'ada' } },
          {
            method: 'POST',
            bulkId: 'd',
            path: '/Devices',
            data: { schemas: [DEVICE], serialNumber: 'SN-1', owner: { value: 'bulkId:u' } },
          },
        ],
      },
    });
    const [user, made] = json.Operations;

    expect([user.status, made.status]).toEqual(['201', '201']);
    const { owner } = (await send('GET', `/Devices/${made.location.split('/').at(-1)}`)).json;
    expect(user.location.endsWith(owner.value)).toBe(true);
  });

  it('may be a member of a group', async () => {
    const { id } = await device('SN-1');
    const group = await create('/Groups', { schemas: [GROUP], displayName: 'Stock', members: [{ value: id }] });

    expect(group.members).toEqual([{ value: id, type: 'Device', $ref: expect.stringMatching(`/scim/v2/Devices/${id}$`) }]);
    await send('DELETE', `/Devices/${id}`);
    expect((await send('GET', `/Groups/${group.id}`)).json).not.toHaveProperty('members');
  });

  it('is known below its endpoint only, and counts among the types an application provisions', async () => {
    const users = await openEndpoint({
      services: { registryOf: async () => registry },
      policy: { resourceTypes: ['User'] },
      openStore: async () => endpoint.table,
    });

    expect((await users.send('POST', '/Devices', { body: { schemas: [DEVICE], serialNumber: 'x' } })).status).toBe(403);
    expect((await send('GET', '/Gadgets')).json).toMatchObject({ status: '404', detail: expect.stringContaining('/Devices') });
  });
});

describe('values that no schema knows any more', () => {
  it('break nothing, survive what is written meanwhile, and show again with their schema', async () => {
    const { id } = await aUser('ada', { [INFOR]: { lnUser: 'ada', actorId: '1' } });
    const before = await knowing(REGISTRY);

    const unseen = await before.send('GET', `/Users/${id}`);
    await before.send('PUT', `/Users/${id}`, { body: { schemas: [USER], userName: 'ada', title: 'boss' } });
    await before.send('PATCH', `/Users/${id}`, { body: { schemas: [PATCH], Operations: [{ op: 'add', path: 'nickName', value: 'a' }] } });

    expect(unseen.json).toMatchObject({ schemas: [USER], userName: 'ada' });
    expect(unseen.json).not.toHaveProperty([INFOR]);
    expect((await send('GET', `/Users/${id}`)).json).toMatchObject({
      title: 'boss',
      nickName: 'a',
      [INFOR]: { lnUser: 'ada', actorId: '1' },
    });
  });

  it('are no members where they were of a type that is gone', async () => {
    const device = await create('/Devices', { schemas: [DEVICE], serialNumber: 'x' });
    const user = await aUser('ada');
    const group = await create('/Groups', { schemas: [GROUP], displayName: 'Mixed', members: [{ value: device.id }, { value: user.id }] });
    const { store: _registryOfBefore, ...table } = endpoint.table;
    const { store } = await openTestStore({ ...table, registry: REGISTRY });
    const before = await openEndpoint({ openStore: async () => ({ ...table, store }) });

    const { json } = await before.send('GET', `/Groups/${group.id}`);

    expect(json.members).toMatchObject([{ value: user.id }]);
  });
});
