import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DirectoryStore, Usage } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion } from '../support/store-resources.ts';

const HOUR_MS = 3_600_000;

async function aDirectory(size: number, now?: () => number) {
  const { store } = await openTestStore(now ? { now } : {});
  const users: StoredResource[] = [];
  for (let index = 0; index < size; index += 1) users.push(await create(store, aUser(`user.${index}`)));
  return { store, users, ids: users.map(({ id }) => id) };
}

const idsOf = (page: readonly { readonly resource: StoredResource }[]): readonly string[] => page.map(({ resource }) => resource.id);

const pageOf = async (store: DirectoryStore, startIndex: number, count: number): Promise<readonly string[]> =>
  idsOf(await store.page('User', startIndex, count, {}, aCall()));

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
      await store.page('User', startIndex - 10, 10, {}, aCall());
      const call = aCall();
      await store.page('User', startIndex, 10, { groups: true }, call);
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

    expect(idsOf(await store.page('User', 21, 5, {}, first))).toEqual(ids.slice(20, 25));
    expect(idsOf(await store.page('User', 26, 5, {}, again))).toEqual(ids.slice(25));
    expect([first.usage.calls, again.usage.calls]).toEqual([4, 3]);
  });

  it('is empty past the end, before the beginning of counting, and for a collection without any', async () => {
    const { store } = await aDirectory(3);

    expect(await pageOf(store, 4, 10)).toEqual([]);
    expect(await pageOf(store, 1_000, 10)).toEqual([]);
    expect(await pageOf(store, 1, 0)).toEqual([]);
    expect(await store.page('Group', 1, 10, {}, aCall())).toEqual([]);
  });

  it('leaves no bookmark behind the last page', async () => {
    const { store } = await aDirectory(3);
    const call = aCall();

    await store.page('User', 1, 10, {}, call);

    expect(call.usage).toMatchObject({ roundTrips: 1, writeUnits: 0 });
  });

  it('never makes one reader skip because of another', async () => {
    const { store, users, ids } = await aDirectory(10);
    expect(await pageOf(store, 1, 4)).toEqual(ids.slice(0, 4));
    for (const user of users.slice(0, 2)) await store.commit(deletion(user), aCall());
    expect(await pageOf(store, 1, 4)).toEqual(ids.slice(2, 6));

    expect(await pageOf(store, 5, 4)).toEqual(ids.slice(4, 8));
  });

  it('counts anew when nobody can be in the middle of a walk any more', async () => {
    let time = Date.now();
    const { store, users, ids } = await aDirectory(10, () => time);
    await pageOf(store, 1, 4);
    for (const user of users.slice(0, 2)) await store.commit(deletion(user), aCall());
    time += 11 * 60_000;
    const later = () => aCall({ deadlineMs: time + 30_000 });
    await store.page('User', 1, 4, {}, later());

    expect(idsOf(await store.page('User', 5, 4, {}, later()))).toEqual(ids.slice(6, 10));
  });

  it('does not trust a bookmark for longer than an hour', async () => {
    let time = Date.now();
    const { store, users, ids } = await aDirectory(10, () => time);
    await pageOf(store, 1, 4);
    for (const user of users.slice(0, 2)) await store.commit(deletion(user), aCall());
    time += HOUR_MS + 1_000;

    expect(idsOf(await store.page('User', 5, 4, {}, aCall({ deadlineMs: time + 30_000 })))).toEqual(ids.slice(6, 10));
  });

  it('goes on where it had to stop when a walk takes longer than the request has', async () => {
    let time = Date.now();
    let isLate = false;
    const { store } = await openTestStore({ now: () => (isLate ? time + 29_500 : time) });
    const big = Array.from({ length: 8 }, (_, index) => aUser(`big.${index}`, { photo: 'x'.repeat(250_000) }));
    for (const user of big) await create(store, user);
    isLate = true;
    time = Date.now();

    await expect(store.page('User', 8, 1, {}, aCall({ deadlineMs: time + 30_000 }))).rejects.toMatchObject({ kind: 'unavailable' });
    isLate = false;
    const call = aCall();
    expect(idsOf(await store.page('User', 8, 1, {}, call))).toEqual([big[7]?.id]);
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
    for await (const chunk of store.scan('User', { groups: true }, aCall())) seen.push(...chunk);

    expect(idsOf(seen)).toEqual(ids);
    expect(seen.flatMap(({ groups = [] }) => groups)).toEqual([{ value: group.id, display: 'Scanned' }]);
  });

  it('reads no further than its reader', async () => {
    const call = aCall();
    for await (const _ of directory.store.scan('User', { groups: true }, call)) break;

    expect(call.usage.roundTrips).toBe(2);
  });
});
