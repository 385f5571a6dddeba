import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';

const SIZE = 30;

let opened: TestStore;
let users: readonly StoredResource[] = [];
let inner: StoredResource;
let outer: StoredResource;

beforeAll(async () => {
  opened = await openTestStore();
  users = await Promise.all(Array.from({ length: SIZE }, (_, index) => create(opened.store, aUser(`user.${index}`))));
  inner = await create(opened.store, aGroup('inner'), users.slice(0, 20).map(asMember));
  outer = await create(opened.store, aGroup('outer'), [...users.slice(15), inner].map(asMember));
});

const idsOf = (resources: readonly StoredResource[]): readonly string[] => resources.map(({ id }) => id).sort();

/** All pages, one after the other. */
async function walk(groupIds: readonly string[], limit: number, type = 'User') {
  const pages = [];
  let after: string | undefined;
  for (let isLast = false; !isLast && pages.length <= SIZE; ) {
    const call = aCall();
    const page = await opened.store.memberIds(type, groupIds, { ...(after !== undefined && { after }), limit }, call);
    pages.push({ ...page, usage: call.usage });
    ({ isLast } = page);
    after = page.seen;
  }
  return pages;
}

describe('the members of a group', () => {
  it.each([1, 2, 7, 20, 50])('are listed once each and in the order of ids, %i at a time', async (limit) => {
    const pages = await walk([inner.id], limit);

    expect(pages.flatMap(({ ids }) => ids)).toEqual(idsOf(users.slice(0, 20)));
    expect(pages.every(({ ids }) => ids.length <= limit)).toBe(true);
  });

  it.each([1, 3, 50])('are merged with those of the groups in it, %i at a time, whatever else is a member', async (limit) => {
    const groups = (await opened.store.groupsWithin(outer.id, aCall())) ?? [];

    expect(groups).toEqual([outer.id, inner.id]);
    expect((await walk(groups, limit)).flatMap(({ ids }) => ids)).toEqual(idsOf(users));
    expect((await walk(groups, limit, 'Group')).flatMap(({ ids }) => ids)).toEqual([inner.id]);
  });

  it('cost the same on every page: one round trip, and a read unit for each slice', async () => {
    const pages = await walk([inner.id], 4);

    expect(pages).toHaveLength(5);
    for (const { usage } of pages) expect(usage).toMatchObject({ calls: 4, roundTrips: 1, readUnits: 4 });
  });

  it('are none of what is no id, or no group', async () => {
    const call = aCall();
    expect(await opened.store.groupsWithin('bjensen', call)).toEqual([]);
    expect(call.usage.calls).toBe(0);
    expect(await walk([users[0]?.id ?? ''], 5)).toMatchObject([{ ids: [], isLast: true }]);
  });

  it('are not merged over more than 50 groups: the filter then walks the collection', async () => {
    const groups = await Promise.all(Array.from({ length: 50 }, (_, index) => create(opened.store, aGroup(`part ${index}`))));
    const fifty = await create(opened.store, aGroup('of 49'), groups.slice(1).map(asMember));
    const more = await create(opened.store, aGroup('of 50'), groups.map(asMember));

    expect(await opened.store.groupsWithin(fifty.id, aCall())).toHaveLength(50);
    expect(await opened.store.groupsWithin(more.id, aCall())).toBeUndefined();
  });
});
