import { beforeAll, describe, expect, it } from '@jest/globals';
import { attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const SEARCH = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'] };

/** A resource type that an operator has added. */
const DEVICE: ResourceType = {
  name: 'Device',
  description: 'A device.',
  endpoint: '/Devices',
  schema: {
    id: 'urn:example:params:scim:schemas:2.0:Device',
    name: 'Device',
    description: '',
    attributes: [attribute('displayName', { required: true })],
  },
  extensions: [],
  subjectAttributes: [],
};

const registry = [...REGISTRY, DEVICE];

type Collection = 'Users' | 'Groups' | 'Devices';
const COLLECTIONS = ['Users', 'Groups', 'Devices'] as const;

const SCHEMAS: Readonly<Record<Collection, string>> = {
  Users: 'urn:ietf:params:scim:schemas:core:2.0:User',
  Groups: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  Devices: DEVICE.schema.id,
};

let free: Endpoint;
let ids: Readonly<Record<Collection, string>>;

const aResource = (collection: Collection, displayName: string = crypto.randomUUID()) => ({
  schemas: [SCHEMAS[collection]],
  displayName,
  ...(collection === 'Users' && { userName: displayName }),
});

const create = async (collection: Collection): Promise<string> =>
  (await free.send('POST', `/${collection}`, { body: aResource(collection) })).json.id;

const under = (features: Readonly<Record<string, string>>): Promise<Endpoint> =>
  openEndpoint({
    policy: { features, me: { 'credential-1': ids.Users } },
    services: { registryOf: async () => registry },
    openStore: async () => free.table,
  });

const rename = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'renamed' }] };

/** How each feature is asked for, by single requests. */
const REQUESTS = {
  create: [['POST', (collection: Collection) => aResource(collection)]],
  read: [['GET', () => undefined]],
  update: [
    ['PATCH', () => rename],
    ['PUT', (collection: Collection) => aResource(collection)],
  ],
  remove: [['DELETE', () => undefined]],
} as const;

type Feature = keyof typeof REQUESTS;
const FEATURES = ['create', 'read', 'update', 'remove'] as const;

const pathOf = (method: string, collection: Collection, id: string): string =>
  method === 'POST' ? `/${collection}` : `/${collection}/${id}`;

const combinations = (features: readonly Feature[]) =>
  features.flatMap((feature) =>
    REQUESTS[feature].flatMap(([method, bodyOf]) =>
      COLLECTIONS.map((collection) => ({ feature, method, collection, body: bodyOf(collection) })),
    ),
  );

const stateOf = async (collection: Collection) => [
  (await free.send('GET', `/${collection}/${ids[collection]}`)).json,
  (await free.send('GET', `/${collection}`)).json.totalResults,
];

const inBulk = ({ send }: Endpoint, operation: object) => send('POST', '/Bulk', { body: { schemas: [BULK], Operations: [operation] } });

const operationOf = (method: string, collection: Collection, id: string, data: object | undefined) => ({
  method,
  path: pathOf(method, collection, id),
  ...(method === 'POST' && { bulkId: 'a' }),
  ...(data && { data }),
});

beforeAll(async () => {
  free = await openEndpoint({ services: { registryOf: async () => registry }, openStore: () => openTestStore({ registry }) });
  ids = { Users: await create('Users'), Groups: await create('Groups'), Devices: await create('Devices') };
});

describe('a feature that is refused', () => {
  it.each(combinations(FEATURES))(
    'is 403 and changes nothing: $feature by $method of $collection',
    async ({ feature, method, collection, body }) => {
      const { send } = await under({ [feature]: 'refuse' });
      const before = await stateOf(collection);

      const { status, json, line } = await send(method, pathOf(method, collection, ids[collection]), { body });

      expect([status, line.refusal]).toEqual([403, 'forbidden']);
      expect(json.detail).toContain(`set the application's features.${feature} to "on"`);
      expect(await stateOf(collection)).toEqual(before);
    },
  );

  it.each(combinations(['create', 'update', 'remove']))(
    'is 403 for its operation of a bulk request: $feature by $method of $collection',
    async ({ feature, method, collection, body }) => {
      const endpoint = await under({ [feature]: 'refuse' });
      const before = await stateOf(collection);

      const { status, json } = await inBulk(endpoint, operationOf(method, collection, ids[collection], body));

      expect([status, json.Operations[0].status]).toEqual([200, '403']);
      expect(json.Operations[0].response.detail).toContain(`features.${feature}`);
      expect(await stateOf(collection)).toEqual(before);
    },
  );

  it.each(['read', 'update', 'remove'] as const)('is 403 at /Me: %s', async (feature) => {
    const { send } = await under({ [feature]: 'refuse' });
    const before = await stateOf('Users');

    for (const [method, bodyOf] of REQUESTS[feature]) expect((await send(method, '/Me', { body: bodyOf('Users') })).status).toBe(403);
    expect(await stateOf('Users')).toEqual(before);
  });

  it('is 403 for reading in lists and searches of one type and of all, while the service still describes itself', async () => {
    const { send } = await under({ read: 'refuse' });

    const reads = [
      ...(await Promise.all(COLLECTIONS.map((collection) => send('GET', `/${collection}`)))),
      ...(await Promise.all(COLLECTIONS.map((collection) => send('POST', `/${collection}/.search`, { body: SEARCH })))),
      await send('POST', '/.search', { body: SEARCH }),
      await send('GET', '/'),
    ];

    expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 403));
    expect((await send('GET', '/ServiceProviderConfig')).status).toBe(200);
  });
});

describe('a feature that is ignored', () => {
  it.each(combinations(['update', 'remove']))(
    'is answered as if it had been done, and nothing changes: $feature by $method of $collection',
    async ({ feature, method, collection, body }) => {
      const { send } = await under({ [feature]: 'ignore' });
      const before = await stateOf(collection);

      const { status, line } = await send(method, pathOf(method, collection, ids[collection]), { body });

      expect(status).toBe(method === 'DELETE' ? 204 : 200);
      expect(line).toMatchObject({ policy: 'ignore', writeUnits: 0 });
      expect(await stateOf(collection)).toEqual(before);
    },
  );

  it.each(combinations(['update', 'remove']))(
    'is so for its operation of a bulk request: $feature by $method of $collection',
    async ({ feature, method, collection, body }) => {
      const endpoint = await under({ [feature]: 'ignore' });
      const before = await stateOf(collection);

      const { json } = await inBulk(endpoint, operationOf(method, collection, ids[collection], body));

      expect(Number(json.Operations[0].status)).toBeLessThan(300);
      expect(endpoint.lines.find(({ event }) => event === 'bulkOperation')).toMatchObject({ policy: 'ignore' });
      expect(await stateOf(collection)).toEqual(before);
    },
  );

  it.each(['update', 'remove'] as const)('is so at /Me: %s', async (feature) => {
    const { send } = await under({ [feature]: 'ignore' });
    const before = await stateOf('Users');

    for (const [method, bodyOf] of REQUESTS[feature])
      expect((await send(method, '/Me', { body: bodyOf('Users') })).status).toBeLessThan(300);
    expect(await stateOf('Users')).toEqual(before);
  });
});

describe('a feature that is on', () => {
  it.each(FEATURES.flatMap((feature) => COLLECTIONS.map((collection) => [feature, collection] as const)))(
    'works while every other one is refused: %s of %s',
    async (feature, collection) => {
      const off = Object.fromEntries(FEATURES.filter((other) => other !== feature).map((other) => [other, 'refuse']));
      const { send } = await under(off);
      const id = await create(collection);

      for (const [method, bodyOf] of REQUESTS[feature]) {
        const { status } = await send(method, pathOf(method, collection, id), { body: bodyOf(collection) });

        expect(status).toBeLessThan(300);
      }
    },
  );
});
