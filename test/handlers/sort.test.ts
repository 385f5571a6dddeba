import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

type Query = Readonly<Record<string, string>>;

/** In the order of creation. */
const PEOPLE = [
  {
    userName: 'bea',
    title: 'Zeta',
    name: { familyName: 'Äbel' },
    active: true,
    emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }],
  },
  { userName: 'Carl', title: 'alpha', active: false, emails: [{ value: 'M@x', type: 'work' }] },
  { userName: 'ada', name: { familyName: 'abel' }, [ENTERPRISE]: { department: 'Tours', manager: { value: 'm2' } } },
  { userName: 'Dora', title: 'ALPHA', externalId: 'b', [ENTERPRISE]: { department: 'sales', manager: { value: 'm1' } } },
  { userName: 'eve', externalId: 'B', active: true, emails: [{ value: 'b@x' }] },
];

let endpoint: Endpoint;

const namesOf = ({ json }: Answer): readonly string[] => json.Resources.map(({ userName }: Query) => userName);

const list = (query: Query) => endpoint.send('GET', '/Users', { query });

beforeAll(async () => {
  endpoint = await openEndpoint();
  const ids: string[] = [];
  for (const person of PEOPLE) ids.push((await endpoint.send('POST', '/Users', { body: { schemas: [USER], ...person } })).json.id);
  for (const [displayName, members] of [
    ['Zebras', ids.slice(0, 1)],
    ['Apes', ids.slice(2, 3)],
  ] as const) {
    await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) } });
  }
});

describe('a sorted list', () => {
  it.each<[string, Query, readonly string[]]>([
    ['text, whatever its case', { sortBy: 'userName' }, ['ada', 'bea', 'Carl', 'Dora', 'eve']],
    ['text, the other way round', { sortBy: 'userName', sortOrder: 'descending' }, ['eve', 'Dora', 'Carl', 'bea', 'ada']],
    ['what some have not: they come last, and equal ones as created', { sortBy: 'title' }, ['Carl', 'Dora', 'bea', 'ada', 'eve']],
    [
      'what some have not, the other way round: they come first',
      { sortBy: 'title', sortOrder: 'descending' },
      ['ada', 'eve', 'bea', 'Carl', 'Dora'],
    ],
    ['a sub-attribute', { sortBy: 'name.familyName' }, ['ada', 'bea', 'Carl', 'Dora', 'eve']],
    ['the primary e-mail, else the first', { sortBy: 'emails' }, ['bea', 'eve', 'Carl', 'ada', 'Dora']],
    ['an attribute of an extension', { sortBy: `${ENTERPRISE}:department` }, ['Dora', 'ada', 'bea', 'Carl', 'eve']],
    ['a complex one by its value', { sortBy: `${ENTERPRISE}:manager` }, ['Dora', 'ada', 'bea', 'Carl', 'eve']],
    ['text whose case matters', { sortBy: 'externalId' }, ['eve', 'Dora', 'bea', 'Carl', 'ada']],
    ['false before true', { sortBy: 'active' }, ['Carl', 'bea', 'eve', 'ada', 'Dora']],
    ['the groups one is in', { sortBy: 'groups.display' }, ['ada', 'bea', 'Carl', 'Dora', 'eve']],
    ['an instant', { sortBy: 'meta.created', sortOrder: 'ascending' }, ['bea', 'Carl', 'ada', 'Dora', 'eve']],
    ['the id', { sortBy: 'id' }, ['bea', 'Carl', 'ada', 'Dora', 'eve']],
    ['the id, the other way round', { sortBy: 'id', sortOrder: 'descending' }, ['eve', 'Dora', 'ada', 'Carl', 'bea']],
  ])('is in the order of %s', async (_, query, names) => {
    const answer = await list(query);

    expect(answer.status).toBe(200);
    expect(namesOf(answer)).toEqual(names);
    expect(answer.json).toMatchObject({ totalResults: 5, startIndex: 1, itemsPerPage: 5 });
  });

  it('is cut into pages after it is sorted', async () => {
    const answer = await list({ sortBy: 'userName', startIndex: '2', count: '2' });

    expect(namesOf(answer)).toEqual(['bea', 'Carl']);
    expect(answer.json).toMatchObject({ totalResults: 5, startIndex: 2, itemsPerPage: 2 });
  });

  it('has a total beyond its end, and where none of it is asked for', async () => {
    const [beyond, none] = await Promise.all([list({ sortBy: 'title', startIndex: '9' }), list({ sortBy: 'title', count: '0' })]);

    for (const { json } of [beyond, none]) expect(json).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
  });

  it('holds what the filter matches', async () => {
    expect(namesOf(await list({ filter: 'active eq true', sortBy: 'userName', sortOrder: 'descending' }))).toEqual(['eve', 'bea']);
  });

  it('sorts the few that a key leads to without looking at the others', async () => {
    const { json, line } = await list({ filter: 'userName eq "eve"', sortBy: 'title', excludedAttributes: 'groups' });

    expect(json.totalResults).toBe(1);
    expect([line.storeRoundTrips, line.readUnits]).toEqual([2, 2]);
  });

  it('is led through by cursors', async () => {
    const first = await list({ sortBy: 'userName', cursor: '', count: '3' });
    const second = await list({ sortBy: 'userName', cursor: first.json.nextCursor, count: '3' });

    expect([namesOf(first), namesOf(second)]).toEqual([
      ['ada', 'bea', 'Carl'],
      ['Dora', 'eve'],
    ]);
    expect([first.json.totalResults, second.json.totalResults]).toEqual([5, 5]);
    expect(second.json).not.toHaveProperty('nextCursor');
  });

  it('reads groups and members for its page alone', async () => {
    const page = await list({ sortBy: 'userName', count: '1' });
    const members = await endpoint.send('GET', '/Groups', { query: { sortBy: 'members.value' } });

    expect(page.json.Resources[0].groups).toHaveLength(1);
    expect(page.line.storeRoundTrips).toBe(2);
    expect(members.json.Resources.map(({ displayName }: Query) => displayName)).toEqual(['Zebras', 'Apes']);
  });

  it('shows what is asked for, whatever it is sorted by', async () => {
    const { json } = await list({ sortBy: 'title', attributes: 'active', count: '1' });

    expect(json.Resources).toEqual([{ schemas: [USER], id: expect.any(String), active: false }]);
  });
});

describe('an order that cannot be', () => {
  it.each([
    [{ sortBy: 'userNam' }, 'did you mean "userName"?'],
    [{ sortBy: 'name' }, 'name.formatted'],
    [{ sortBy: 'password' }, 'never returned'],
    [{ sortBy: 'title', sortOrder: 'up' }, '"ascending" or "descending"'],
  ])('is refused: %j', async (query: Query, words) => {
    const { status, json } = await list(query);

    expect([status, json.scimType]).toEqual([400, 'invalidValue']);
    expect(json.detail).toContain(words);
  });

  it('is passed over where nothing is sorted', async () => {
    expect((await list({ sortOrder: 'up' })).status).toBe(200);
  });
});
