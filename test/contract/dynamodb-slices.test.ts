import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DirectoryStore, Slice } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion } from '../support/store-resources.ts';

let store: DirectoryStore;
let users: StoredResource[];
let ids: readonly string[];

const read = async (slice: Slice) => {
  const { loaded, isLast } = await store.slice('User', slice, {}, aCall());
  return { ids: loaded.map(({ resource }) => resource.id), isLast };
};

const idAt = (index: number): string => ids[index] ?? '';

beforeAll(async () => {
  ({ store } = await openTestStore());
  users = [];
  for (let index = 0; index < 12; index += 1) users.push(await create(store, aUser(`user.${index}`)));
  ids = users.map(({ id }) => id);
});

describe('a slice', () => {
  it('is a part of the collection in the order of ids, and says whether it is the last one', async () => {
    expect(await read({ limit: 5 })).toEqual({ ids: ids.slice(0, 5), isLast: false });
    expect(await read({ limit: 5, after: idAt(4) })).toEqual({ ids: ids.slice(5, 10), isLast: false });
    expect(await read({ limit: 5, after: idAt(9) })).toEqual({ ids: ids.slice(10), isLast: true });
    expect(await read({ limit: 12 })).toEqual({ ids, isLast: true });
    expect(await read({ limit: 5, after: idAt(11) })).toEqual({ ids: [], isLast: true });
  });

  it('keeps within its bounds, both of them included', async () => {
    expect(await read({ limit: 50, from: idAt(2), upTo: idAt(5) })).toEqual({ ids: ids.slice(2, 6), isLast: true });
    expect(await read({ limit: 2, from: idAt(2), upTo: idAt(5) })).toEqual({ ids: ids.slice(2, 4), isLast: false });
    expect(await read({ limit: 50, from: idAt(9) })).toEqual({ ids: ids.slice(9), isLast: true });
    expect(await read({ limit: 50, upTo: idAt(1) })).toEqual({ ids: ids.slice(0, 2), isLast: true });
    expect(await read({ limit: 50, from: 'ä' })).toEqual({ ids: [], isLast: true });
  });

  it('goes on within its bounds', async () => {
    expect(await read({ limit: 2, from: idAt(2), upTo: idAt(5), after: idAt(3) })).toEqual({ ids: ids.slice(4, 6), isLast: true });
    expect(await read({ limit: 2, from: idAt(6), after: idAt(3) })).toEqual({ ids: ids.slice(6, 8), isLast: false });
    expect(await read({ limit: 2, upTo: idAt(5), after: idAt(5) })).toEqual({ ids: [], isLast: true });
  });

  it('is empty where the bounds hold nothing', async () => {
    expect(await read({ limit: 5, from: idAt(5), upTo: idAt(2) })).toEqual({ ids: [], isLast: true });
    // In the order of UTF-16 the emoji comes first, in that of UTF-8 last.
    expect(await read({ limit: 5, from: '😀', upTo: '\uffee' })).toEqual({ ids: [], isLast: true });
    expect(await read({ limit: 5, from: '\uffee', upTo: '😀' })).toEqual({ ids: [], isLast: true });
    expect(await store.slice('Group', { limit: 5, upTo: 'x' }, {}, aCall())).toEqual({ loaded: [], isLast: true });
  });

  it('goes on behind a resource that was removed meanwhile', async () => {
    const own = await openTestStore();
    const made = [];
    for (let index = 0; index < 4; index += 1) made.push(await create(own.store, aUser(`own.${index}`)));
    const [first, second, third, fourth] = made;
    if (!first || !second || !third || !fourth) throw new TypeError('four were made');
    await own.store.commit(deletion(second), aCall());

    const { loaded } = await own.store.slice('User', { limit: 5, after: second.id }, {}, aCall());

    expect(loaded.map(({ resource }) => resource.id)).toEqual([third.id, fourth.id]);
  });

  it('carries what it was asked to include', async () => {
    const group = await create(store, aGroup('Sliced'), users.slice(0, 1).map(asMember));

    const { loaded } = await store.slice('User', { limit: 2 }, { groups: true }, aCall());

    expect(loaded.map(({ groups }) => groups)).toEqual([[{ value: group.id, display: 'Sliced' }], []]);
  });

  it('is cut at about 4 MB, and the next one joins on', async () => {
    const own = await openTestStore();
    const big = Array.from({ length: 18 }, (_, index) => aUser(`big.${index}`, { photo: 'x'.repeat(280_000) }));
    for (const user of big) await create(own.store, user);

    const first = await own.store.slice('User', { limit: 18 }, {}, aCall());
    const second = await own.store.slice('User', { limit: 18, after: first.loaded.at(-1)?.resource.id ?? '' }, {}, aCall());

    expect([first.loaded.length, first.isLast, second.isLast]).toEqual([15, false, true]);
    expect([...first.loaded, ...second.loaded].map(({ resource }) => resource.id)).toEqual(big.map(({ id }) => id));
  });
});
