import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RequestLine } from '../../src/runtime/log.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { aUser, create } from '../support/store-resources.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

type Query = Readonly<Record<string, string>>;

const namesOf = ({ json }: Answer): readonly string[] => json.Resources.map(({ userName, displayName }: Query) => userName ?? displayName);

/** Follows the cursors from the first page to the last. */
async function walk({ send }: Endpoint, query: Query, path = '/Users'): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; cursor = pages.at(-1)?.json.nextCursor) {
    const page = await send('GET', path, { query: { ...query, cursor } });
    expect(page.status).toBe(200);
    pages.push(page);
    if (pages.length > 50) throw new Error('the cursors lead nowhere');
  }
  return pages;
}

const cost = ({ storeCalls, storeRoundTrips, readUnits, writeUnits }: RequestLine) => ({
  storeCalls,
  storeRoundTrips,
  readUnits,
  writeUnits,
});

const userNamed = (userName: string, more = {}) => ({ body: { schemas: [USER], userName, ...more } });

const numbers = (length: number): readonly string[] => Array.from({ length }, (_, index) => `user-${String(index).padStart(2, '0')}`);

describe('pages by cursor', () => {
  let endpoint: Endpoint;

  beforeAll(async () => {
    endpoint = await openEndpoint();
    for (const name of numbers(46))
      await endpoint.send('POST', '/Users', userNamed(name, { title: name.endsWith('7') ? 'boss' : 'clerk' }));
  });

  it('lead through the collection once, in the order of creation, and end', async () => {
    const pages = await walk(endpoint, { count: '10' });

    expect(pages.flatMap(namesOf)).toEqual(numbers(46));
    expect(pages.map(({ json }) => [json.totalResults, json.itemsPerPage])).toEqual([...Array(4).fill([46, 10]), [46, 6]]);
    for (const { json } of pages) expect(json).not.toHaveProperty('startIndex');
  });

  it('cost the same wherever they are, and write nothing', async () => {
    const pages = await walk(endpoint, { count: '5', excludedAttributes: 'groups' });

    expect(pages).toHaveLength(10);
    const costs = [0, 4, 8].map((index) => pages[index]).map((page) => page && cost(page.line));
    expect(new Set(costs.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(costs[0]).toMatchObject({ storeCalls: 2, storeRoundTrips: 1, writeUnits: 0 });
    expect(pages[9]?.line.storeCalls).toBe(2);
  });

  it('end without an empty page where the last one is full', async () => {
    const pages = await walk(endpoint, { count: '23' });

    expect(pages.map(({ json }) => json.itemsPerPage)).toEqual([23, 23]);
  });

  it('hold as many as there are by default, and no more than the maximum', async () => {
    const { json } = await endpoint.send('GET', '/Users', { query: { cursor: '', count: '9999' } });

    expect(json).toMatchObject({ totalResults: 46, itemsPerPage: 46 });
    expect(json).not.toHaveProperty('nextCursor');
  });

  it('may change their size and what they show on the way', async () => {
    const first = await endpoint.send('GET', '/Users', { query: { cursor: '', count: '3' } });
    const second = await endpoint.send('GET', '/Users', { query: { cursor: first.json.nextCursor, count: '2', attributes: 'userName' } });

    expect(namesOf(second)).toEqual(['user-03', 'user-04']);
    expect(Object.keys(second.json.Resources[0]).sort()).toEqual(['id', 'schemas', 'userName']);
  });

  it('lead through what a filter matches; the total is told where it is known', async () => {
    const pages = await walk(endpoint, { filter: 'title eq "boss"', count: '2' });
    const [whole] = await walk(endpoint, { filter: 'title eq "boss"', count: '10' });

    expect(pages.flatMap(namesOf)).toEqual(['user-07', 'user-17', 'user-27', 'user-37']);
    expect(pages.map(({ json }) => json.totalResults)).toEqual(pages.map(() => undefined));
    expect(whole?.json).toMatchObject({ totalResults: 4, itemsPerPage: 4 });
  });

  it('answer what a key answers at the price of the key', async () => {
    const { json, line } = await endpoint.send('GET', '/Users', {
      query: { filter: 'userName eq "USER-03"', cursor: '', excludedAttributes: 'groups' },
    });

    expect(json).toMatchObject({ totalResults: 1, Resources: [{ userName: 'user-03' }] });
    expect([line.storeRoundTrips, line.readUnits]).toEqual([2, 2]);
  });

  it('end at once where nothing matches', async () => {
    const pages = await walk(endpoint, { filter: 'userName eq "nobody"' });

    expect(pages.map(({ json }) => [json.totalResults, json.Resources])).toEqual([[0, []]]);
  });

  it.each([
    ['x', 'invalidCursor'],
    ['eyJ2IjoxfQ', 'invalidCursor'],
  ])('cannot be had with the cursor %s', async (cursor, scimType) => {
    const { status, json } = await endpoint.send('GET', '/Users', { query: { cursor } });

    expect([status, json.scimType]).toEqual([400, scimType]);
  });

  it('cannot be had with the cursor of another query', async () => {
    const { json } = await endpoint.send('GET', '/Users', { query: { cursor: '', count: '1' } });
    const cursor = json.nextCursor;

    const answers = await Promise.all([
      endpoint.send('GET', '/Users', { query: { cursor, filter: 'title pr' } }),
      endpoint.send('GET', '/Users', { query: { cursor, sortBy: 'title' } }),
      endpoint.send('GET', '/Groups', { query: { cursor } }),
      endpoint.send('GET', '', { query: { cursor } }),
    ]);

    for (const answer of answers) expect([answer.status, answer.json.scimType]).toEqual([400, 'invalidCursor']);
  });

  it.each([
    [{ cursor: '', count: 'ten' }, 'invalidCount'],
    [{ cursor: '', startIndex: '1' }, 'invalidValue'],
  ])('cannot be asked for by %j', async (query, scimType) => {
    const { status, json } = await endpoint.send('GET', '/Users', { query });

    expect([status, json.scimType]).toEqual([400, scimType]);
  });

  it.each(['0', '-1'])('hold nothing but the total where %s of them are asked for', async (count) => {
    const next = (await endpoint.send('GET', '/Users', { query: { cursor: '', count: '1' } })).json.nextCursor;

    for (const [query, totalResults] of [
      [{ cursor: '' }, 46],
      [{ cursor: next }, 46],
      [{ cursor: '', filter: 'title eq "boss"' }, 4],
      [{ cursor: '', sortBy: 'title' }, 46],
    ] as const) {
      const { json } = await endpoint.send('GET', '/Users', { query: { ...query, count } });
      expect(json).toEqual({ schemas: json.schemas, totalResults, itemsPerPage: 0, Resources: [] });
    }
    expect((await endpoint.send('GET', '/Users', { query: { cursor: 'x', count } })).json.scimType).toBe('invalidCursor');
  });

  it('cannot be had with a cursor of more than an hour ago', async () => {
    let later = 0;
    const { send } = await openEndpoint({ openStore: async () => endpoint.table, services: { clock: () => Date.now() + later } });
    const { json } = await send('GET', '/Users', { query: { cursor: '', count: '1' } });
    const cursor = json.nextCursor;
    later = 3_599_000;
    const inTime = await send('GET', '/Users', { query: { cursor, count: '1' } });
    later = 3_601_000;
    const late = await send('GET', '/Users', { query: { cursor, count: '1' } });

    expect(namesOf(inTime)).toEqual(['user-01']);
    expect([late.status, late.json.scimType]).toEqual([400, 'expiredCursor']);
  });
});

describe('while a client pages by cursor', () => {
  it.each<[string, Query]>([
    ['as they come', {}],
    ['filtered', { filter: 'active eq true' }],
    ['sorted', { sortBy: 'userName' }],
    ['sorted the other way round', { sortBy: 'userName', sortOrder: 'descending' }],
  ])('others may remove what it has seen or not, and it neither skips nor repeats: %s', async (_, query) => {
    const endpoint = await openEndpoint();
    const ids = new Map<string, string>();
    for (const name of numbers(12)) ids.set(name, (await endpoint.send('POST', '/Users', userNamed(name, { active: true }))).json.id);
    const remove = async (name: string) => endpoint.send('DELETE', `/Users/${ids.get(name)}`);

    const first = await endpoint.send('GET', '/Users', { query: { ...query, cursor: '', count: '4' } });
    const seen = namesOf(first);
    await remove(seen[0] ?? '');
    await remove(seen[3] ?? '');
    const second = await endpoint.send('GET', '/Users', { query: { ...query, cursor: first.json.nextCursor, count: '4' } });
    const rest = numbers(12).filter((name) => !seen.includes(name) && !namesOf(second).includes(name));
    await remove(rest[0] ?? '');
    const third = await endpoint.send('GET', '/Users', { query: { ...query, cursor: second.json.nextCursor, count: '9' } });

    expect([...seen, ...namesOf(second), ...namesOf(third), rest[0]].toSorted()).toEqual(numbers(12));
    expect(third.json).not.toHaveProperty('nextCursor');
  });

  it('what is created meanwhile comes at the end', async () => {
    const endpoint = await openEndpoint();
    for (const name of numbers(4)) await endpoint.send('POST', '/Users', userNamed(name));
    const first = await endpoint.send('GET', '/Users', { query: { cursor: '', count: '3' } });
    await endpoint.send('POST', '/Users', userNamed('a-late-one'));

    const second = await endpoint.send('GET', '/Users', { query: { cursor: first.json.nextCursor, count: '3' } });

    expect(namesOf(second)).toEqual(['user-03', 'a-late-one']);
  });

  it('a page of a sorted list goes on by position where all that it ended with has changed', async () => {
    let later = 0;
    const endpoint = await openEndpoint({ services: { clock: () => Date.now() + later } });
    const ids = new Map<string, string>();
    for (const name of numbers(6)) ids.set(name, (await endpoint.send('POST', '/Users', userNamed(name))).json.id);
    const first = await endpoint.send('GET', '/Users', { query: { sortBy: 'userName', cursor: '', count: '2' } });
    later = 1_000;
    for (const name of namesOf(first)) {
      await endpoint.send('PUT', `/Users/${ids.get(name)}`, userNamed(name, { title: 'changed' }));
    }

    const second = await endpoint.send('GET', '/Users', { query: { sortBy: 'userName', cursor: first.json.nextCursor, count: '2' } });

    expect(namesOf(second)).toEqual(['user-02', 'user-03']);
  });
});

describe('a collection too large to be walked in one request', () => {
  let endpoint: Endpoint;

  /** 140 times 250 KB is more than 32 MiB. */
  beforeAll(async () => {
    endpoint = await openEndpoint();
    const users = Array.from({ length: 140 }, (_, index) =>
      aUser(`big-${index}`, { title: index % 50 === 49 ? 'boss' : 'clerk', displayName: 'x'.repeat(250_000) }),
    );
    for (let at = 0; at < users.length; at += 10)
      await Promise.all(users.slice(at, at + 10).map((user) => create(endpoint.table.store, user)));
  }, 60_000);

  it.each([
    [{ filter: 'title eq "boss"' }, 'page with "cursor"'],
    [{ sortBy: 'title' }, 'leave "sortBy" out'],
    [{ sortBy: 'title', cursor: '' }, 'leave "sortBy" out'],
  ])('is refused to %j, with advice', async (query: Query, advice) => {
    const { status, json } = await endpoint.send('GET', '/Users', { query });

    expect([status, json.scimType]).toEqual([400, 'tooMany']);
    expect(json.detail).toContain(advice);
  });

  it('is led through by cursors, in pages that may be empty', async () => {
    const pages = await walk(endpoint, { filter: 'title eq "boss"', attributes: 'userName' });

    expect(pages.flatMap(namesOf)).toEqual(['big-49', 'big-99']);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.some(({ json }) => json.Resources.length === 0 && json.nextCursor !== undefined)).toBe(true);
    for (const { line } of pages) expect(line.readUnits).toBeLessThan(3_200);
  });

  it('is answered in pages that end before an answer would be too large, and the next one joins on', async () => {
    const pages = await walk(endpoint, { count: '40', excludedAttributes: 'groups' });

    expect(pages.flatMap(namesOf)).toEqual(Array.from({ length: 140 }, (_, index) => `big-${index}`));
    for (const { json } of pages) expect(json.itemsPerPage).toBeLessThan(20);
  });
});

describe('groups by cursor', () => {
  it('are found by a member, a page at a time', async () => {
    const endpoint = await openEndpoint();
    const member = (await endpoint.send('POST', '/Users', userNamed('member'))).json.id;
    const names = numbers(7).map((name) => `group of ${name}`);
    for (const displayName of names) {
      await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName, members: [{ value: member }] } });
    }

    const pages = await walk(endpoint, { filter: `members eq "${member}"`, count: '3' }, '/Groups');

    expect(pages.flatMap(namesOf)).toEqual(names);
    expect(pages.map(({ json }) => json.itemsPerPage)).toEqual([3, 3, 1]);
    expect(pages[0]?.json.Resources[0].members).toHaveLength(1);
  });
});
