import { describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import { errandsIn } from '../../src/dynamodb/sweeping/errands.ts';
import { drain } from '../support/drain.ts';
import { injectFaults, refusedAs } from '../support/dynamodb-faults.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, memberChange } from '../support/store-resources.ts';

/** What reading a user's groups costs, and which they are. */
async function readGroups({ store }: TestStore, user: StoredResource) {
  const call = aCall();
  const loaded = await store.load('User', user.id, { groups: true }, call);
  const { roundTrips, readUnits, calls } = call.usage;
  return { names: loaded?.groups?.map(({ display }) => display) ?? [], roundTrips, readUnits, calls };
}

/** Groups of which each but the first has the one before as its member. */
async function aChain(opened: TestStore, user: StoredResource, length: number): Promise<readonly StoredResource[]> {
  const chain = [await create(opened.store, aGroup('0'), [asMember(user)])];
  for (let level = 1; level < length; level += 1) {
    const [below] = chain.slice(-1);
    if (below) chain.push(await create(opened.store, aGroup(String(level)), [asMember(below)]));
  }
  return chain;
}

describe('groups of groups', () => {
  it('cost nothing where there are none: one round trip and three read units', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada'));
    for (const name of ['a', 'b', 'c']) await create(opened.store, aGroup(name), [asMember(user)]);

    expect(await readGroups(opened, user)).toEqual({ names: ['a', 'b', 'c'], roundTrips: 1, readUnits: 3, calls: 3 });
  });

  it('cost one round trip for each level and one read unit for each group, once there are some', async () => {
    const opened = await openTestStore();
    const [user, other] = [await create(opened.store, aUser('ada')), await create(opened.store, aUser('bob'))];
    await aChain(opened, user, 3);
    await create(opened.store, aGroup('single'), [asMember(other)]);

    expect(await readGroups(opened, user)).toEqual({ names: ['0', '1', '2'], roundTrips: 4, readUnits: 6, calls: 6 });
    expect(await readGroups(opened, other)).toEqual({ names: ['single'], roundTrips: 2, readUnits: 4, calls: 4 });
  });

  it('are read once for all users of a page', async () => {
    const opened = await openTestStore();
    const users = await Promise.all(Array.from({ length: 20 }, (_, index) => create(opened.store, aUser(`user.${index}`))));
    const inner = await create(opened.store, aGroup('inner'), users.map(asMember));
    await create(opened.store, aGroup('outer'), [asMember(inner)]);
    const call = aCall();

    const loaded = await opened.store.loadMany(
      'User',
      users.map(({ id }) => id),
      { groups: true },
      call,
    );

    expect(loaded.map(({ groups = [] }) => groups.length)).toEqual(users.map(() => 2));
    // The users in one batch, the groups of each, the outbox, and what the two groups are in.
    expect(call.usage.calls).toBe(1 + 20 + 1 + 2);
  });

  it('are shown up to ten levels above the direct ones', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada'));
    await aChain(opened, user, 13);

    expect((await readGroups(opened, user)).names).toEqual(Array.from({ length: 11 }, (_, level) => String(level)));
  });

  it('are looked up for 500 groups of a resource at most, the nearest first', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada'));
    const groups = Array.from({ length: 502 }, (_, index) => aGroup(`group ${index}`));
    for (let at = 0; at < groups.length; at += 50) {
      await Promise.all(groups.slice(at, at + 50).map((group) => create(opened.store, group, [asMember(user)])));
    }
    await create(opened.store, aGroup('of the 500th'), groups.slice(499, 500).map(asMember));
    await create(opened.store, aGroup('of the 501st'), groups.slice(500, 501).map(asMember));

    const { names } = await readGroups(opened, user);

    expect(names).toHaveLength(503);
    expect(names.at(-1)).toBe('of the 500th');
  });

  it('are announced before they count: dead in between, nothing is seen of it', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada'));
    const inner = await create(opened.store, aGroup('inner'), [asMember(user)]);
    const outer = await create(opened.store, aGroup('outer'));
    let isBroken = true;
    injectFaults(opened.client, (command) =>
      isBroken && command === 'TransactWriteItemsCommand' ? refusedAs('AccessDeniedException') : undefined,
    );

    await expect(opened.store.commit(memberChange(outer, [asMember(inner)]), aCall())).rejects.toThrow();
    const before = await readGroups(opened, user);
    isBroken = false;
    await opened.store.commit(memberChange(outer, [asMember(inner)]), aCall());

    expect(before).toMatchObject({ names: ['inner'], roundTrips: 2 });
    expect((await readGroups(opened, user)).names).toEqual(['inner', 'outer']);
  });

  it('are announced to readers alone: the announcement is no work for afterwards, and stays', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada'));
    await aChain(opened, user, 2);
    const outbox = (await readTable(opened.client, opened.tableName)).filter(({ pk }) => pk?.S?.startsWith('Outbox#'));

    const findings = await drain(opened);

    expect(outbox).toHaveLength(1);
    expect(errandsIn(outbox)).toEqual([]);
    expect(findings).toMatchObject({ orphans: 0, requeued: 0 });
    expect((await readGroups(opened, user)).names).toEqual(['0', '1']);
  });

  it('do not keep small changes of other members waiting, nor cost them anything', async () => {
    const opened = await openTestStore();
    const [user, inner] = [await create(opened.store, aUser('ada')), await create(opened.store, aGroup('inner'))];
    const outer = await create(opened.store, aGroup('outer'), [asMember(inner)]);
    const [ofUser, ofGroup] = [aCall(), aCall()];

    await opened.store.commit(memberChange(outer, [asMember(user)]), ofUser);
    const other = await create(opened.store, aGroup('other'));
    await opened.store.commit(memberChange(outer, [asMember(other)]), ofGroup);

    expect(ofUser.usage).toMatchObject({ calls: 1, roundTrips: 1 });
    expect(ofGroup.usage).toMatchObject({ calls: 3, roundTrips: 2 });
    expect(ofGroup.usage.writeUnits - ofUser.usage.writeUnits).toBe(2);
  });
});
