import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestLine } from '../../src/runtime/log.ts';
import { readExample, registryWith } from '../support/custom-registry.ts';
import { drain } from '../support/drain.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const DEVICE = 'urn:example:params:scim:schemas:core:1.0:Device';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const SIZE = 100;
const COUNT = 20;

let endpoint: Endpoint;
let members: readonly string[] = [];
let group: string;
let filter: string;

beforeAll(async () => {
  endpoint = await openEndpoint();
  const users = Array.from({ length: SIZE + 20 }, (_, index) => aUser(`user-${index}`, { title: index % 2 === 0 ? 'even' : 'odd' }));
  for (let at = 0; at < users.length; at += 20)
    await Promise.all(users.slice(at, at + 20).map((user) => create(endpoint.table.store, user)));
  members = users
    .map(({ id }) => id)
    .sort()
    .slice(10, SIZE + 10);
  const body = { schemas: [GROUP], displayName: 'paged', members: members.map((value) => ({ value })) };
  group = (await endpoint.send('POST', '/Groups', { body })).json.id;
  await drain(endpoint.table);
  filter = `groups.value eq "${group}"`;
});

const idsOf = ({ json }: Answer): readonly string[] => (json.Resources ?? []).map(({ id }: { id: string }) => id);

const cost = ({ storeCalls, storeRoundTrips, readUnits, writeUnits }: RequestLine) => ({
  storeCalls,
  storeRoundTrips,
  readUnits,
  writeUnits,
});

async function byCursor(query: Readonly<Record<string, string>>, path = '/Users'): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined && pages.length <= SIZE; cursor = pages.at(-1)?.json.nextCursor) {
    pages.push(await endpoint.send('GET', path, { query: { count: String(COUNT), ...query, cursor } }));
  }
  return pages;
}

describe('the members of a group, page by page', () => {
  it('are all there by cursor, each once, and every page costs the same', async () => {
    const pages = await byCursor({ filter });

    expect(pages.flatMap(idsOf)).toEqual(members);
    const costs = pages.slice(0, SIZE / COUNT).map(({ line }) => cost(line));
    expect(costs).toEqual(costs.map(() => costs[0]));
    // Where the group may be nested, its slices, then the users with their groups and the outbox.
    expect(costs[0]).toEqual({ storeCalls: 1 + 4 + 1 + COUNT + 1, storeRoundTrips: 3, readUnits: 1 + 4 + COUNT * 2 + 1, writeUnits: 0 });
  });

  it('are all there by startIndex, counted exactly, and every page costs the same', async () => {
    const pages: Answer[] = [];
    for (let startIndex = 1; startIndex <= SIZE; startIndex += COUNT) {
      pages.push(await endpoint.send('GET', '/Users', { query: { filter, startIndex: String(startIndex), count: String(COUNT) } }));
    }

    expect(pages.flatMap(idsOf)).toEqual(members);
    expect(pages.map(({ json }) => json.totalResults)).toEqual(pages.map(() => SIZE));
    const costs = pages.map(({ line }) => cost(line));
    expect(costs).toEqual(costs.map(() => costs[0]));
  });

  it('are counted without any of them being read', async () => {
    const { json, line } = await endpoint.send('GET', '/Users', { query: { filter, count: '0' } });

    expect([json.totalResults, json.itemsPerPage]).toEqual([SIZE, 0]);
    expect(line.storeCalls).toBeLessThanOrEqual(10);
  });

  it('are found with another condition, sorted, by a search, and among all types', async () => {
    const wanted = { filter: `${filter} and title eq "even"`, sortBy: 'userName', count: 5, attributes: ['userName'] };
    const half = await byCursor({ filter: wanted.filter });
    const ofUsers = await endpoint.send('POST', '/Users/.search', { body: { schemas: [SEARCH], ...wanted } });
    const ofAll = await endpoint.send('POST', '/.search', { body: { schemas: [SEARCH], ...wanted } });

    expect(half.flatMap(idsOf)).toHaveLength(SIZE / 2);
    expect(ofUsers.json).toMatchObject({ totalResults: SIZE / 2, itemsPerPage: 5 });
    expect(idsOf(ofAll)).toEqual(idsOf(ofUsers));
  });

  it('lead past whoever leaves the group or the directory meanwhile, and to all who stay', async () => {
    const [first] = await byCursor({ filter });
    const [leaver, gone, ...staying] = members;
    await endpoint.send('PATCH', `/Groups/${group}`, {
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'remove', path: `members[value eq "${leaver}"]` }],
      },
    });
    await endpoint.send('DELETE', `/Users/${gone}`);

    const second = await endpoint.send('GET', '/Users', { query: { filter, count: '200', cursor: first?.json.nextCursor } });
    const again = await byCursor({ filter });
    const counted = await endpoint.send('GET', '/Users', { query: { filter, count: '0' } });

    expect(idsOf(second)).toEqual(members.slice(COUNT));
    expect(again.flatMap(idsOf)).toEqual(staying);
    expect(counted.json.totalResults).toBe(SIZE - 2);
  });

  it('are only those of the type that is asked for', async () => {
    const registry = registryWith(readExample('device.json'));
    const { send } = await openEndpoint({
      services: { registryOf: async () => registry },
      openStore: () => openTestStore({ registry }),
    });
    const device = await send('POST', '/Devices', { body: { schemas: [DEVICE], serialNumber: 'S-1' } });
    const mixed = await send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'mixed', members: [{ value: device.json.id }] } });

    const { json } = await send('GET', '/Users', { query: { filter: `groups.value eq "${mixed.json.id}"` } });

    expect([device.status, mixed.status, json.totalResults]).toEqual([201, 201, 0]);
  });

  it.each(['groups.value eq "nobody"', 'groups.value eq "00000000-0000-7000-8000-000000000000"'])('are none of %s', async (none) => {
    for (const paging of [{ startIndex: '1' }, { cursor: '' }]) {
      const { json, line } = await endpoint.send('GET', '/Users', { query: { filter: none, ...paging } });
      expect([json.totalResults, json.Resources ?? []]).toEqual([0, []]);
      expect(line.storeCalls).toBeLessThanOrEqual(10);
    }
  });
});

describe('the groups of a member, page by page', () => {
  it.each(['members.value', 'members'])('are all there, and every page costs the same, by %s', async (path) => {
    const { store } = endpoint.table;
    const user = aUser(`member by ${path}`);
    await create(store, user);
    const groups = Array.from({ length: 40 }, (_, index) => aGroup(`${path} ${String(index).padStart(2, '0')}`));
    for (let at = 0; at < groups.length; at += 10)
      await Promise.all(groups.slice(at, at + 10).map((each) => create(store, each, [asMember(user)])));
    const query = { filter: `${path} eq "${user.id}"`, count: '10', excludedAttributes: 'members' };
    const byIndex: Answer[] = [];
    for (const startIndex of ['1', '11', '21', '31'])
      byIndex.push(await endpoint.send('GET', '/Groups', { query: { ...query, startIndex } }));

    for (const pages of [await byCursor(query, '/Groups'), byIndex]) {
      expect(pages.flatMap(idsOf)).toEqual(groups.map(({ id }) => id).sort());
      expect(pages.map(({ line }) => cost(line))).toEqual(pages.map(() => pages[0] && cost(pages[0].line)));
    }
  });
});
