import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DirectoryStore, Usage } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { readTable, sizeOf } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, creation, memberChange, newId, update } from '../support/store-resources.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(30_000);

/** What `work` cost, all of it. */
async function costOf(work: (call: ReturnType<typeof aCall>) => Promise<unknown>): Promise<Usage> {
  const call = aCall();
  await work(call);
  return call.usage;
}

/** A user whose row has 2,048 bytes when it is stored. */
async function aUserOf2048Bytes({ client, tableName, store }: TestStore): Promise<StoredResource> {
  const rowSize = async (pad: number): Promise<number> => {
    const probe = await create(store, {
      ...aUser(`probe.${pad}`, { email: 'a@example.com', pad: 'x'.repeat(pad) }),
      externalIds: { default: 'E-1' },
    });
    const row = (await readTable(client, tableName)).find(({ pk, sk }) => pk?.S === 'User#0' && sk?.S === probe.id);
    return sizeOf(row ?? {});
  };
  const name = 'full.size';
  const pad = 2_048 - (await rowSize(1_000)) + 1_000 - (name.length - 'probe.1000'.length);
  return { ...aUser(name, { email: 'a@example.com', pad: 'x'.repeat(pad) }), externalIds: { default: 'E-1' } };
}

describe('the budget of', () => {
  let opened: TestStore;
  let store: DirectoryStore;
  let user: StoredResource;
  let creating: Usage;

  beforeAll(async () => {
    opened = await openTestStore();
    store = opened.store;
    user = await aUserOf2048Bytes(opened);
    creating = await costOf((call) => create(store, user, [], call));
    for (const index of [1, 2, 3]) await create(store, aGroup(`Budget ${index}`), [asMember(user)]);
  });

  it('creating a user of 2,048 bytes is one round trip and 14 write units, nothing read', async () => {
    const row = (await readTable(opened.client, opened.tableName)).find(({ pk, sk }) => pk?.S === 'User#0' && sk?.S === user.id);

    expect(sizeOf(row ?? {})).toBe(2_048);
    expect(creating).toEqual({ calls: 1, roundTrips: 1, readUnits: 0, writeUnits: 14, retries: 0 });
  });

  it('each further look-up value is 2 write units', async () => {
    const other = aUser('more.values');
    const lookup = [1, 2, 3].map((index) => ({ attribute: 'emails.value', value: `${index}@example.com` }));
    const bare = await costOf((call) => create(store, aUser('no.values'), [], call));

    const { writeUnits } = await costOf((call) =>
      store.commit({ ...creation(other), entries: { ...creation(other).entries, lookup } }, call),
    );

    expect(writeUnits).toBe(bare.writeUnits + 6);
  });

  it('reading a user with its groups is one round trip and 3 read units', async () => {
    const usage = await costOf(async (call) => expect((await store.load('User', user.id, { groups: true }, call))?.groups).toHaveLength(3));

    expect(usage).toMatchObject({ roundTrips: 1, readUnits: 3, writeUnits: 0 });
  });

  it('finding a user by a matching value is two round trips and 4 read units, 2 without groups', async () => {
    const find = (groups: boolean) =>
      costOf(async (call) => {
        const [id = ''] = await store.findIds('User', 'lookup', { attribute: 'externalId', application: 'default', value: 'E-1' }, call);
        await store.load('User', id, { groups }, call);
      });

    expect(await find(true)).toMatchObject({ roundTrips: 2, readUnits: 4, writeUnits: 0 });
    expect(await find(false)).toMatchObject({ roundTrips: 2, readUnits: 2, writeUnits: 0 });
  });

  it.each(['unique', 'lookup'] as const)('finding nobody by a %s value is one round trip and one read unit', async (index) => {
    const usage = await costOf((call) => store.findIds('User', index, { attribute: 'userName', value: 'nobody' }, call));

    expect(usage).toMatchObject({ calls: 1, roundTrips: 1, readUnits: 1 });
  });

  it('changing a user of 2,048 bytes is two round trips, 3 read and 3 write units', async () => {
    const usage = await costOf(async (call) => {
      const loaded = await store.load('User', user.id, { groups: true }, call);
      if (loaded)
        await store.commit(update(loaded.resource, { ...loaded.resource, attributes: { ...user.attributes, active: false } }), call);
    });

    expect(usage).toMatchObject({ roundTrips: 2, readUnits: 3, writeUnits: 3 });
  });

  it.each([1, 5, 30])('adding %i members is two round trips, 6 n + 4 write and 2 n + 2 read units', async (n) => {
    const users = await Promise.all(Array.from({ length: n }, (_, index) => create(store, aUser(`add.${n}.${index}`))));
    const group = await create(store, aGroup(`Adding ${n}`));
    const ids = users.map(({ id }) => id);

    const usage = await costOf(async (call) => {
      const loaded = await store.loadForMemberChange('Group', group.id, ids, call);
      if (loaded) await store.commit(memberChange(loaded.resource, users.map(asMember)), call);
    });

    expect(usage.roundTrips).toBe(2);
    expect(usage.writeUnits).toBeLessThanOrEqual(6 * n + 4);
    expect(usage.readUnits).toBeLessThanOrEqual(2 * n + 2);
  });

  it('a member change does not grow with the members already there', async () => {
    const crowd = await Promise.all(Array.from({ length: 90 }, (_, index) => create(store, aUser(`crowd.${index}`))));
    let group = await create(store, aGroup('Crowd'));
    const addOne = (index: number) =>
      costOf(async (call) => {
        const member = crowd[index];
        const loaded = member && (await store.loadForMemberChange('Group', group.id, [member.id], call));
        if (loaded) group = (await store.commit(memberChange(loaded.resource, [asMember(member)]), call)) ?? group;
      });
    const whenEmpty = await addOne(0);
    for (const start of [1, 31, 61])
      await store.commit(memberChange(group, crowd.slice(start, Math.min(start + 30, 89)).map(asMember)), aCall());

    const whenFull = await addOne(89);

    expect(whenEmpty).toMatchObject({ roundTrips: 2, writeUnits: 8 });
    // The row still remembers the 28 ids added last: its size before the write counts too.
    expect(whenFull.writeUnits).toBeLessThanOrEqual(10);
    expect(whenFull).toMatchObject({ roundTrips: 2, readUnits: whenEmpty.readUnits });
  });

  it('reading a group without its members is one read unit, and no member row is read', async () => {
    const group = await create(store, aGroup('Unread members'), [asMember(user)]);

    expect(await costOf((call) => store.load('Group', group.id, {}, call))).toMatchObject({ calls: 1, roundTrips: 1, readUnits: 1 });
  });

  it('reading a group with its members is three round trips: its row before and after them tells that none came in between', async () => {
    const group = await create(store, aGroup('Read members'), [asMember(user)]);

    expect(await costOf((call) => store.load('Group', group.id, { members: true }, call))).toMatchObject({ roundTrips: 3 });
  });

  it('counting is one strong query of one unit', async () => {
    expect(await costOf((call) => store.count('User', call))).toMatchObject({ calls: 1, roundTrips: 1, readUnits: 1 });
  });

  it('an id that is no UUID is no call', async () => {
    const usage = await costOf(async (call) => {
      await store.load('User', 'bjensen', { groups: true }, call);
      await store.groupIdsOf('bjensen', call);
      await store.aliveTypes(['bjensen', newId().toUpperCase()], call);
      await store.loadMany('User', ['bjensen'], {}, call);
    });

    expect(usage.calls).toBe(0);
  });
});
