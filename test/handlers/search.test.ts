import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

let endpoint: Endpoint;
let member: string;

const search = (path: string, body: object) => endpoint.send('POST', path, { body: { schemas: [SEARCH], ...body } });

const namesOf = ({ json }: Answer): readonly string[] =>
  json.Resources.map(({ userName, displayName }: Readonly<Record<string, string>>) => userName ?? displayName);

beforeAll(async () => {
  endpoint = await openEndpoint();
  for (const [index, userName] of ['ada', 'bea', 'carl', 'dora'].entries()) {
    const { json } = await endpoint.send('POST', '/Users', {
      body: { schemas: [USER], userName, title: index % 2 === 0 ? 'even' : 'odd' },
    });
    member = json.id;
  }
  for (const displayName of ['odd', 'even']) {
    await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: [{ value: member }] } });
  }
});

describe('a search of one type', () => {
  it('answers as the same query in a URL does', async () => {
    const body = {
      filter: 'title eq "even"',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 1,
      attributes: ['userName'],
    };

    const byBody = await search('/Users/.search', body);
    const byUrl = await endpoint.send('GET', '/Users', {
      query: { filter: body.filter, sortBy: 'userName', sortOrder: 'descending', startIndex: '1', count: '1', attributes: 'userName' },
    });

    expect(byBody.status).toBe(200);
    expect(byBody.json).toEqual(byUrl.json);
    expect(byBody.json).toMatchObject({ totalResults: 2, itemsPerPage: 1, Resources: [{ userName: 'carl' }] });
  });

  it('takes names in any case, and goes on by cursor', async () => {
    const first = await search('/Users/.search', { Cursor: '', COUNT: 3 });
    const second = await search('/Users/.search', { cursor: first.json.nextCursor, count: 3 });

    expect([namesOf(first), namesOf(second)]).toEqual([['ada', 'bea', 'carl'], ['dora']]);
  });

  it('reads no member where none is shown', async () => {
    const { json, line } = await search('/Groups/.search', { filter: 'displayName eq "odd"', excludedAttributes: ['members'] });

    expect(json.totalResults).toBe(1);
    expect(json.Resources[0]).not.toHaveProperty('members');
    expect([line.storeRoundTrips, line.readUnits]).toEqual([2, 2]);
  });

  it.each([
    [{ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }, 'invalidSyntax', 'SearchRequest'],
    [{ schemas: [SEARCH], filter: 'userName' }, 'invalidFilter', 'expected an operator'],
    [{ schemas: [SEARCH], count: 'x' }, 'invalidValue', 'count: must be a whole number'],
    [{ schemas: [SEARCH], sortBy: 'colour' }, 'invalidValue', 'no attribute is called "colour"'],
    [{ schemas: [SEARCH], cursor: 'x' }, 'invalidCursor', 'cursor'],
    [{ schemas: [SEARCH], cursor: '', count: 'x' }, 'invalidCount', 'count'],
  ])('is refused: %j', async (body, scimType, words) => {
    const { status, json } = await endpoint.send('POST', '/Users/.search', { body });

    expect([status, json.scimType]).toEqual([400, scimType]);
    expect(json.detail).toContain(words);
  });

  it('may leave schemas out, unless the application is not forgiven that', async () => {
    const strict = await openEndpoint({ policy: { leniencies: [] }, openStore: async () => endpoint.table });

    expect((await endpoint.send('POST', '/Users/.search', { body: {} })).status).toBe(200);
    expect((await strict.send('POST', '/Users/.search', { body: {} })).json).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
  });

  it('needs a body, and no other method', async () => {
    expect((await endpoint.send('POST', '/Users/.search')).json).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
    expect((await endpoint.send('GET', '/Users/.search')).status).toBe(405);
  });

  it('is empty where the application does not provision the type, and refused where it may not read', async () => {
    const openStore = async () => endpoint.table;
    const withoutGroups = await openEndpoint({ policy: { resourceTypes: ['User'] }, openStore });
    const blind = await openEndpoint({ policy: { features: { read: 'refuse' } }, openStore });

    const empty = await withoutGroups.send('POST', '/Groups/.search', { body: { schemas: [SEARCH], filter: 'displayName pr' } });
    const wrong = await withoutGroups.send('POST', '/Groups/.search', { body: { schemas: [SEARCH], filter: 'colour pr' } });
    const refused = await blind.send('POST', '/Users/.search', { body: { schemas: [SEARCH] } });

    expect([empty.status, empty.json.totalResults, empty.json.Resources]).toEqual([200, 0, []]);
    expect(wrong.json.scimType).toBe('invalidFilter');
    expect(refused.status).toBe(403);
  });
});

describe('a search of all types', () => {
  it('finds users, then groups', async () => {
    const answer = await search('/.search', { filter: 'title eq "odd" or displayName eq "odd"' });

    expect(namesOf(answer)).toEqual(['bea', 'dora', 'odd']);
    expect(answer.json).toMatchObject({ totalResults: 3, startIndex: 1, itemsPerPage: 3 });
    expect(answer.line).toMatchObject({ route: '/.search' });
  });

  it('is judged type by type', async () => {
    const openStore = async () => endpoint.table;
    const withoutGroups = await openEndpoint({ policy: { resourceTypes: ['User'] }, openStore });
    const blind = await openEndpoint({ policy: { features: { read: 'refuse' } }, openStore });

    const users = await withoutGroups.send('POST', '/.search', { body: { schemas: [SEARCH] } });
    const refused = await blind.send('POST', '/.search', { body: { schemas: [SEARCH] } });

    expect([users.json.totalResults, namesOf(users)]).toEqual([4, ['ada', 'bea', 'carl', 'dora']]);
    expect(refused.status).toBe(403);
  });
});
