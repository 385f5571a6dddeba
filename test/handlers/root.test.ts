import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Query = Readonly<Record<string, string>>;

const USERS = ['ada', 'bea', 'carl', 'dora', 'eve'];
const GROUPS = ['Apes', 'Bees', 'Cats'];

let endpoint: Endpoint;

const list = (query: Query) => endpoint.send('GET', '', { query });

const namesOf = ({ json }: Answer): readonly string[] => json.Resources.map(({ userName, displayName }: Query) => userName ?? displayName);

beforeAll(async () => {
  endpoint = await openEndpoint();
  const ids: string[] = [];
  for (const userName of USERS) {
    const body = { schemas: [USER], userName, displayName: `The ${userName}`, externalId: userName, [ENTERPRISE]: { department: 'd' } };
    ids.push((await endpoint.send('POST', '/Users', { body: userName === 'eve' ? { schemas: [USER], userName } : body })).json.id);
  }
  for (const displayName of GROUPS) {
    await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, externalId: 'ada', members: [{ value: ids[0] }] } });
  }
});

describe('a query of the base URL', () => {
  it('lists all there is, type after type', async () => {
    const answer = await list({});

    expect(namesOf(answer)).toEqual([...USERS, ...GROUPS]);
    expect(answer.json).toMatchObject({ totalResults: 8, startIndex: 1, itemsPerPage: 8 });
    expect(answer.json.Resources[0]).toMatchObject({ schemas: [USER, ENTERPRISE], groups: [{ display: 'Apes' }, {}, {}] });
    expect(answer.json.Resources[5]).toMatchObject({ schemas: [GROUP], members: [{ type: 'User' }] });
    expect(answer.line).toMatchObject({ route: '/', status: 200 });
  });

  it.each([
    ['1', '3', ['ada', 'bea', 'carl']],
    ['4', '3', ['dora', 'eve', 'Apes']],
    ['6', '3', ['Apes', 'Bees', 'Cats']],
    ['8', '3', ['Cats']],
    ['9', '3', []],
    ['1', '0', []],
  ])('is paged across the types: from %s, %s of them', async (startIndex, count, names) => {
    const plain = await list({ startIndex, count });
    const filtered = await list({ startIndex, count, filter: 'id pr' });

    for (const answer of [plain, filtered]) {
      expect(namesOf(answer)).toEqual(names);
      expect(answer.json).toMatchObject({ totalResults: 8, startIndex: Number(startIndex), itemsPerPage: names.length });
    }
  });

  it.each([{}, { filter: 'id pr' }])('is led through by cursors: %j', async (query: Query) => {
    const seen: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined && seen.length < 20; ) {
      const { json }: Answer = await list({ ...query, cursor, count: '2' });
      seen.push(...json.Resources.map(({ userName, displayName }: Query) => userName ?? displayName));
      cursor = json.nextCursor;
    }

    expect(seen).toEqual([...USERS, ...GROUPS]);
  });

  it('knows the total of a page by cursor where no filter asks for less', async () => {
    expect((await list({ cursor: '', count: '2' })).json.totalResults).toBe(8);
    expect((await list({ cursor: '', count: '2', filter: 'meta.resourceType eq "Group"' })).json.totalResults).toBe(3);
  });

  it.each([
    ['an attribute of both', 'displayName co "a" or displayName co "b"', ['ada', 'bea', 'carl', 'dora', 'Apes', 'Bees', 'Cats']],
    ['what only users have', 'userName eq "ADA"', ['ada']],
    ['what only groups have', 'members pr', GROUPS],
    ['what only users have not', 'not (userName pr)', GROUPS],
    ['what is not theirs at all', 'userName ne "ada"', ['bea', 'carl', 'dora', 'eve', ...GROUPS]],
    ['an attribute of an extension', 'department eq "D"', ['ada', 'bea', 'carl', 'dora']],
    ['what both are found by', 'externalId eq "ada"', ['ada', ...GROUPS]],
    ['the type', 'meta.resourceType eq "Group"', GROUPS],
    ['either type', '(meta.resourceType eq "User") or (meta.resourceType eq "Group")', [...USERS, ...GROUPS]],
    ['the schema', `schemas eq "${GROUP}"`, GROUPS],
    ['the schema of an extension', `schemas eq "${ENTERPRISE}"`, ['ada', 'bea', 'carl', 'dora']],
    ["one type's attribute by its URN", `${GROUP}:displayName pr`, GROUPS],
    ['nobody', 'meta.resourceType eq "Robot"', []],
  ])('filters by %s', async (_, filter, names) => {
    const answer = await list({ filter });

    expect(namesOf(answer)).toEqual(names);
    expect(answer.json.totalResults).toBe(names.length);
  });

  it('sorts across the types; what a type has not comes last', async () => {
    expect(namesOf(await list({ sortBy: 'displayName' }))).toEqual(['Apes', 'Bees', 'Cats', 'ada', 'bea', 'carl', 'dora', 'eve']);
    expect(namesOf(await list({ sortBy: 'userName', sortOrder: 'descending', count: '4' }))).toEqual([...GROUPS, 'eve']);
    expect(namesOf(await list({ sortBy: 'id', sortOrder: 'descending', count: '2' }))).toEqual(['Cats', 'Bees']);
  });

  it('shows of each type what it has of the attributes asked for', async () => {
    const { json } = await list({ attributes: 'displayName,userName', startIndex: '5', count: '2' });

    expect(json.Resources).toEqual([
      { schemas: [USER], id: expect.any(String), userName: 'eve' },
      { schemas: [GROUP], id: expect.any(String), displayName: 'Apes' },
    ]);
  });

  it.each([
    [{ filter: 'colour pr' }, 'invalidFilter'],
    [{ filter: 'password pr' }, 'invalidFilter'],
    [{ sortBy: 'colour' }, 'invalidValue'],
    [{ sortBy: 'name' }, 'invalidValue'],
    [{ count: 'x' }, 'invalidValue'],
    [{ cursor: 'x' }, 'invalidCursor'],
  ])('is refused where no type understands it: %j', async (query: Query, scimType) => {
    const { status, json } = await list(query);

    expect([status, json.scimType]).toEqual([400, scimType]);
  });

  it('takes GET alone', async () => {
    expect((await endpoint.send('POST', '', { body: {} })).status).toBe(405);
  });

  it('walks past no type that cannot match', async () => {
    const ofType = await list({ filter: 'meta.resourceType eq "Group"', attributes: 'displayName' });
    const ofUsers = await list({ filter: 'userName eq "ada"', attributes: 'userName' });
    const nobody = await list({ filter: 'meta.resourceType eq "Robot"' });

    expect(ofType.line.storeCalls).toBe(2);
    expect([ofUsers.line.storeCalls, ofUsers.line.readUnits]).toEqual([2, 2]);
    expect(nobody.line.storeCalls).toBe(0);
  });

  it('leaves out the types that the application does not provision', async () => {
    const { send } = await openEndpoint({ policy: { resourceTypes: ['User'] }, openStore: async () => endpoint.table });

    const all = await send('GET', '');
    const groups = await send('GET', '', { query: { filter: 'members pr' } });

    expect([all.json.totalResults, namesOf(all)]).toEqual([5, USERS]);
    expect([groups.status, groups.json.totalResults]).toEqual([200, 0]);
  });

  it('is empty for an application that provisions nothing, by index and by cursor', async () => {
    const { send } = await openEndpoint({ policy: { resourceTypes: [] }, openStore: async () => endpoint.table });

    const byIndex = await send('GET', '');
    const byCursor = await send('GET', '', { query: { cursor: '' } });

    for (const { json } of [byIndex, byCursor]) expect(json).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    expect(byCursor.json).not.toHaveProperty('nextCursor');
  });

  it('is refused where reading is switched off', async () => {
    const { send } = await openEndpoint({ policy: { features: { read: 'refuse' } }, openStore: async () => endpoint.table });

    expect((await send('GET', '')).status).toBe(403);
  });
});
