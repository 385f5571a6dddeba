import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DirectoryStore, Usage } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion } from '../support/store-resources.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(30_000);

const HOUR_MS = 3_600_000;

async function aDirectory(size: number, now?: () => number) {
  const { store } = await openTestStore(now ? { now } : {});
  const users: StoredResource[] = [];
  for (let index = 0; index < size; index += 1) users.push(await create(store, aUser(`user.${index}`)));
  return { store, users, ids: users.map(({ id }) => id) };
}

const idsOf = (page: readonly { readonly resource: StoredResource }[]): readonly string[] => page.map(({ resource }) => resource.id);

const range = (startIndex: number, count: number, reader = 'reader') => ({ startIndex, count, reader });

const pageOf = async (
  store: DirectoryStore,
  startIndex: number,
  count: number,
  reader = 'reader',
  call = aCall(),
): Promise<readonly string[]> => idsOf((await store.page('User', range(startIndex, count, reader), {}, call)).loaded);

const removeAll = async (store: DirectoryStore, users: readonly StoredResource[]): Promise<void> => {
  for (const user of users) await store.commit(deletion(user), aCall());
};

describe('page', () => {
  it('reads the collection in the order of creation, whatever the size of the pages', async () => {
    const { store, ids } = await aDirectory(23);

    for (const count of [1, 7, 23, 50]) {
      const seen: string[] = [];
      for (let startIndex = 1; startIndex <= 23; startIndex += count) seen.push(...(await pageOf(store, startIndex, count)));
      expect(seen).toEqual(ids);
    }
  });

  it('costs the same for every page that is read in sequence, groups included', async () => {
    const { store, users } = await aDirectory(60);
    await create(store, aGroup('Everyone'), users.slice(0, 20).map(asMember));
    const costs: Usage[] = [];
    for (let startIndex = 11; startIndex < 51; startIndex += 10) {
      await pageOf(store, startIndex - 10, 10);
      const call = aCall();
      await store.page('User', range(startIndex, 10), { groups: true }, call);
      costs.push(call.usage);
    }

    for (const usage of costs) expect(usage).toMatchObject({ roundTrips: 3, writeUnits: 1, calls: costs[0]?.calls });
    expect(Math.max(...costs.map(({ readUnits }) => readUnits)) - Math.min(...costs.map(({ readUnits }) => readUnits))).toBeLessThanOrEqual(
      1,
    );
  });

  it('finds its way to a page that nobody read up to, and is quick the next time', async () => {
    const { store, ids } = await aDirectory(30);
    const [first, again] = [aCall(), aCall()];

    expect(await pageOf(store, 21, 5, 'reader', first)).toEqual(ids.slice(20, 25));
    expect(await pageOf(store, 26, 5, 'reader', again)).toEqual(ids.slice(25));
    expect([first.usage.roundTrips, again.usage.roundTrips]).toEqual([4, 3]);
  });

  it('is empty past the end, before the beginning of counting, and for a collection without any', async () => {
    const { store } = await aDirectory(3);

    expect(await pageOf(store, 4, 10)).toEqual([]);
    expect(await pageOf(store, 1_000, 10)).toEqual([]);
    expect(await store.page('Group', range(1, 10), {}, aCall())).toEqual({ total: 0, loaded: [] });
  });

  it('counts them all, whatever the page', async () => {
    const { store, users } = await aDirectory(5);
    await removeAll(store, users.slice(0, 1));

    for (const startIndex of [1, 3, 99]) expect(await store.page('User', range(startIndex, 2), {}, aCall())).toMatchObject({ total: 4 });
  });

  it('leaves no bookmark where one page holds all', async () => {
    const { store } = await aDirectory(3);
    const call = aCall();

    await pageOf(store, 1, 10, 'reader', call);

    expect(call.usage).toMatchObject({ roundTrips: 1, writeUnits: 0 });
  });

  it('lets a reader neither skip nor see twice what others remove and read meanwhile', async () => {
    const { store, users, ids } = await aDirectory(10);
    expect(await pageOf(store, 1, 4, 'one')).toEqual(ids.slice(0, 4));
    await removeAll(store, users.slice(0, 2));
    expect(await pageOf(store, 1, 4, 'other')).toEqual(ids.slice(2, 6));

    expect(await pageOf(store, 5, 4, 'one')).toEqual(ids.slice(4, 8));
    expect(await pageOf(store, 5, 4, 'other')).toEqual(ids.slice(6, 10));
    expect(await pageOf(store, 5, 4, 'one')).toEqual(ids.slice(4, 8));
  });

  it('leads a reader to the end, even where so many were removed that the end has moved before the page', async () => {
    const { store, users, ids } = await aDirectory(10);
    for (const startIndex of [1, 5]) await pageOf(store, startIndex, 4);
    await removeAll(store, users.slice(0, 2));

    expect(await pageOf(store, 9, 4)).toEqual(ids.slice(8));
  });

  it('begins anew with the first page, whatever was removed since the last walk', async () => {
    const { store, users, ids } = await aDirectory(10);
    await pageOf(store, 1, 4);
    await removeAll(store, users.slice(0, 5));

    expect(await pageOf(store, 1, 4)).toEqual(ids.slice(5, 9));
    expect(await pageOf(store, 5, 4)).toEqual(ids.slice(9));
  });

  it('counts from the beginning for whoever was through with an earlier walk', async () => {
    const { store, users, ids } = await aDirectory(10);
    for (const startIndex of [1, 5, 9]) await pageOf(store, startIndex, 4);
    await removeAll(store, users.slice(0, 2));

    expect(await pageOf(store, 9, 4)).toEqual([]);
    expect(await pageOf(store, 5, 4)).toEqual(ids.slice(6, 10));
  });

  it('does not trust a bookmark for longer than an hour', async () => {
    let time = Date.now();
    const { store, users, ids } = await aDirectory(10, () => time);
    await pageOf(store, 1, 4);
    await removeAll(store, users.slice(0, 2));
    time += HOUR_MS + 1_000;

    expect(await pageOf(store, 5, 4, 'reader', aCall({ deadlineMs: time + 30_000 }))).toEqual(ids.slice(6, 10));
  });

  it('goes on where it had to stop when a walk takes longer than the request has', async () => {
    let time = Date.now();
    let isLate = false;
    const { store } = await openTestStore({ now: () => (isLate ? time + 29_500 : time) });
    const big = Array.from({ length: 8 }, (_, index) => aUser(`big.${index}`, { photo: 'x'.repeat(250_000) }));
    for (const user of big) await create(store, user);
    isLate = true;
    time = Date.now();

    await expect(pageOf(store, 8, 1, 'reader', aCall({ deadlineMs: time + 30_000 }))).rejects.toMatchObject({ kind: 'unavailable' });
    isLate = false;
    const call = aCall();
    expect(await pageOf(store, 8, 1, 'reader', call)).toEqual([big[7]?.id]);
    expect(call.usage.readUnits).toBeLessThan(400);
  });

  it('is cut at about 4 MB, and the next page joins on', async () => {
    const { store } = await openTestStore();
    const big = Array.from({ length: 18 }, (_, index) => aUser(`page.${index}`, { photo: 'x'.repeat(280_000) }));
    for (const user of big) await create(store, user);

    const first = await pageOf(store, 1, 18);
    const second = await pageOf(store, first.length + 1, 18);

    expect(first.length).toBe(15);
    expect([...first, ...second]).toEqual(big.map(({ id }) => id));
  });
});

describe('scan', () => {
  let directory: Awaited<ReturnType<typeof aDirectory>>;

  beforeAll(async () => {
    directory = await aDirectory(110);
  });

  it('walks the whole collection in order, with what it was asked to include', async () => {
    const { store, users, ids } = directory;
    const group = await create(store, aGroup('Scanned'), users.slice(0, 1).map(asMember));
    const seen = [];
    for await (const chunk of store.scan('User', { groups: true }, aCall())) {
      expect(chunk.length).toBeLessThanOrEqual(100);
      seen.push(...chunk);
    }

    expect(idsOf(seen)).toEqual(ids);
    expect(seen.flatMap(({ groups = [] }) => groups)).toEqual([{ value: group.id, display: 'Scanned' }]);
  });

  it('reads no further than its reader', async () => {
    const call = aCall();
    for await (const _ of directory.store.scan('User', { groups: true }, call)) break;

    expect(call.usage.roundTrips).toBe(2);
  });
});
