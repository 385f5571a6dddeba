import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import { drain } from '../support/drain.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aUser, create } from '../support/store-resources.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Every third one goes while the list is read. */
const SIZE = 150;
const COUNT = 7;
const READERS = 3;

let table: TestStore;
let writer: Endpoint;
let users: readonly StoredResource[] = [];

const isLeaving = (index: number): boolean => index % 3 === 1;
const staying = (): readonly string[] => users.filter((_, index) => !isLeaving(index)).map(({ id }) => id);

const endpointOf = (credential: string): Promise<Endpoint> => openEndpoint({ openStore: async () => table, principal: { credential } });

async function createUsers(store: TestStore['store'], size: number): Promise<readonly StoredResource[]> {
  const all = Array.from({ length: size }, (_, index) => aUser(`user-${String(index).padStart(4, '0')}`));
  for (let at = 0; at < size; at += 25) await Promise.all(all.slice(at, at + 25).map((user) => create(store, user)));
  return all;
}

beforeAll(async () => {
  table = await openTestStore();
  users = await createUsers(table.store, SIZE);
  refuseOverlaps(table.client);
  writer = await endpointOf('writer');
});

/** Removes, renames and creates, one after the other, all over the list. */
async function write(): Promise<void> {
  for (const [index, { id }] of users.entries()) {
    if (isLeaving(index)) expect((await writer.send('DELETE', `/Users/${id}`)).status).toBe(204);
    else if (index % 3 === 0) await rename(id, `zed-${index}`);
    else await writer.send('POST', '/Users', { body: { schemas: [USER], userName: `new-${index}` } });
  }
}

async function rename(id: string, userName: string): Promise<void> {
  const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'userName', value: userName }] };
  expect((await writer.send('PATCH', `/Users/${id}`, { body })).status).toBe(200);
}

type Page = (answer: Answer | undefined, seen: number) => Readonly<Record<string, string>> | undefined;

const byIndex: Page = (answer, seen) =>
  answer !== undefined && answer.json.itemsPerPage === 0 ? undefined : { startIndex: String(seen + 1) };

const byCursor: Page = (answer) => {
  if (answer === undefined) return { cursor: '' };
  return answer.json.nextCursor === undefined ? undefined : { cursor: answer.json.nextCursor };
};

/** Reads the list from its beginning to its end, and says which ids came. */
async function walk({ send }: Endpoint, next: Page): Promise<readonly string[]> {
  const ids: string[] = [];
  let answer: Answer | undefined;
  for (let query = next(answer, 0); query !== undefined; query = next(answer, ids.length)) {
    answer = await send('GET', '/Users', { query: { ...query, count: String(COUNT), attributes: 'userName' } });
    expect(answer.status).toBe(200);
    expect(answer.json.totalResults).toBeGreaterThanOrEqual(staying().length);
    ids.push(...(answer.json.Resources ?? []).map(({ id }: { id: string }) => id));
  }
  return ids;
}

describe('a list that is read while others remove, rename and create', () => {
  it('has everyone who was there throughout once, in the order of creation, by index and by cursor', async () => {
    let isDone = false;
    const walks: (readonly string[])[] = [];
    const read = async (credential: string, next: Page): Promise<void> => {
      const reader = await endpointOf(credential);
      do walks.push(await walk(reader, next));
      while (!isDone);
    };
    const readers = Array.from({ length: READERS }, (_, index) => [read(`index-${index}`, byIndex), read(`cursor-${index}`, byCursor)]);

    await write();
    isDone = true;
    await Promise.all(readers.flat());

    expect(walks.length).toBeGreaterThan(2 * READERS);
    for (const ids of walks) {
      expect(ids).toEqual([...new Set(ids)].sort());
      expect(ids.filter((id) => staying().includes(id))).toEqual(staying());
    }
  });

  it('is counted exactly when it is at rest again, and agrees with itself', async () => {
    await drain(table);
    const items = await readTable(table.client, table.tableName);
    const { json } = await writer.send('GET', '/Users', { query: { count: '0' } });

    expect(json.totalResults).toBe(items.filter(({ pk }) => pk?.S === 'User#0').length);
    expect(json.totalResults).toBe(SIZE);
    expect(contradictions(items)).toEqual([]);
  });
});

describe('a list of 1,000 users', () => {
  it.each([
    ['index', byIndex],
    ['cursor', byCursor],
  ])('costs the same for every page, read in sequence by %s', async (_, next) => {
    table = await openTestStore();
    await createUsers(table.store, 1_000);
    const reader = await endpointOf('reader');

    const pages: Answer[] = [];
    for (let query = next(undefined, 0); query !== undefined && pages.length < 10; query = next(pages.at(-1), pages.length * 100)) {
      pages.push(await reader.send('GET', '/Users', { query: { ...query, count: '100' } }));
    }

    expect(pages.map(({ json }) => json.itemsPerPage)).toEqual(pages.map(() => 100));
    const costs = pages.map(({ line: { storeCalls, readUnits, writeUnits } }) => ({ storeCalls, readUnits, writeUnits }));
    const [first, second, ...others] = costs;
    expect(others.slice(0, -1)).toEqual(others.slice(1).map(() => second));
    for (const ends of [first, others.at(-1)]) {
      expect(ends?.storeCalls).toBeLessThanOrEqual(second?.storeCalls ?? 0);
      expect(ends?.readUnits).toBeLessThanOrEqual(second?.readUnits ?? 0);
    }
  });
});
