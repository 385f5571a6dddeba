import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, jest } from '@jest/globals';
import type { Work } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { keysUnder, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, newId, update } from '../support/store-resources.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(30_000);

const createMany = async ({ store }: TestStore, count: number): Promise<readonly StoredResource[]> => {
  const users = Array.from({ length: count }, (_, index) => aUser(`user.${index}`));
  for (let start = 0; start < count; start += 10) await Promise.all(users.slice(start, start + 10).map((user) => create(store, user)));
  return users;
};

/** A group of any size, made in steps that fit a transaction. */
async function aGroupOf({ store }: TestStore, displayName: string, members: readonly StoredResource[]): Promise<StoredResource> {
  let group = await create(store, aGroup(displayName));
  for (let start = 0; start < members.length; start += 30) {
    group = (await store.commit(memberChange(group, members.slice(start, start + 30).map(asMember)), aCall())) ?? group;
  }
  return group;
}

const keysOf = async ({ client, tableName }: TestStore, prefix: string) => keysUnder(await readTable(client, tableName), prefix);

const itemUnder = async ({ client, tableName }: TestStore, prefix: string) =>
  (await readTable(client, tableName)).find(({ pk }) => pk?.S?.startsWith(prefix));

describe('after a removal', () => {
  it('nothing of the resource is left but its tombstone, its memberships and a swept outbox item', async () => {
    const opened = await openTestStore({ retentionDays: 7 });
    const [user] = await createMany(opened, 1);
    if (!user) throw new TypeError('no user');
    const group = await aGroupOf(opened, 'Was a member', [user]);
    await opened.store.commit(deletion(user), aCall());
    await drain(opened);

    const items = (await readTable(opened.client, opened.tableName)).filter((item) => JSON.stringify(item).includes(user.id));

    const inAWeek = Date.now() / 1_000 + 7 * 86_400;
    expect(keysUnder(items, '').map((key) => key.replace(/Members#\d/, 'Members'))).toEqual(
      [
        `Group#0 → ${group.id}`,
        `Outbox#User → ${user.id}`,
        `Removed#${user.id}#Members → Group#${group.id}`,
        `Removed#User → ${user.id}`,
      ].sort(),
    );
    expect(Number(items.find(({ pk }) => pk?.S === 'Removed#User')?.['ttl']?.N)).toBeCloseTo(inAWeek, -2);
    expect(Number(items.find(({ pk }) => pk?.S === 'Outbox#User')?.['ttl']?.N)).toBeCloseTo(Date.now() / 1_000 + 60, -1);
  });

  it('the tombstone keeps the whole resource, and who removed it', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, { ...aUser('kept.for.restore', { title: 'Dr' }), externalIds: { default: 'E-9' } });

    await opened.store.commit(
      { ...deletion(user), stamp: { requestId: 'r-9', application: 'entra', at: '2026-03-03T00:00:00.000Z', paths: [] } },
      aCall(),
    );

    const tombstone = await itemUnder(opened, 'Removed#User');
    expect(JSON.parse(tombstone?.['attributes']?.S ?? '')).toEqual(user.attributes);
    expect(JSON.parse(tombstone?.['externalIds']?.S ?? '')).toEqual(user.externalIds);
    expect(JSON.parse(tombstone?.['lastChange']?.S ?? '')).toMatchObject({ requestId: 'r-9', application: 'entra' });
  });

  it('a removed user is no member at once, whether it is swept or not', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    const users = await createMany(opened, 2);
    const [gone, stays] = users;
    if (!gone || !stays) throw new TypeError('no users');
    const group = await aGroupOf(opened, 'Not swept', users);

    await store.commit(deletion(gone), aCall());

    expect(await keysOf(opened, `Group#${group.id}#Members`)).toHaveLength(2);
    expect((await store.load('Group', group.id, { members: true }, aCall()))?.members).toEqual([asMember(stays)]);
    expect((await store.load('Group', group.id, { members: [gone.id] }, aCall()))?.members).toEqual([]);
    expect((await store.loadForMemberChange('Group', group.id, [gone.id], aCall()))?.members.size).toBe(0);
  });

  it('a removed group is no group of its members at once, whether it is swept or not', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    const users = await createMany(opened, 2);
    const group = await aGroupOf(opened, 'Unswept', users);

    await store.commit(deletion((await store.load('Group', group.id, {}, aCall()))?.resource ?? group), aCall());

    const loaded = await store.loadMany(
      'User',
      users.map(({ id }) => id),
      { groups: true },
      aCall(),
    );
    expect(loaded.map(({ groups }) => groups)).toEqual([[], []]);
    expect(await store.groupIdsOf(users[0]?.id ?? '', aCall())).toEqual([]);
  });

  it('a group of 80 members is swept at both ends, in batches', async () => {
    const opened = await openTestStore();
    const users = await createMany(opened, 80);
    const group = await aGroupOf(opened, 'Eighty', users);

    await opened.store.commit(deletion(group), aCall());
    await drain(opened);

    expect(await keysOf(opened, `Group#${group.id}#Members`)).toEqual([]);
    expect((await keysOf(opened, 'Member#')).filter((key) => key.endsWith(group.id))).toEqual([]);
    expect(await keysOf(opened, `Removed#${group.id}#Members`)).toHaveLength(80);
    expect((await itemUnder(opened, 'Outbox#Group'))?.['ttl']).toBeDefined();
  });

  it('a sweep that runs out of time goes on where it was', async () => {
    const opened = await openTestStore();
    const users = await createMany(opened, 120);
    const group = await aGroupOf(opened, 'Too many for once', users);
    await opened.store.commit(deletion(group), aCall());
    let time = Date.now();
    const hurried = openSweeper({ ...opened, registry: REGISTRY, now: () => (time += 50) });
    const work = { kind: 'sweep', type: 'Group', id: group.id } as const;

    const first = await hurried.perform(work, aCall({ deadlineMs: time + 6_200 }));
    const [rest] = first.left;
    const isSwept = (await itemUnder(opened, 'Outbox#Group'))?.['ttl'] !== undefined;
    await hurried.perform(rest?.work ?? work, aCall({ deadlineMs: time + 60_000 }));

    expect(first.rows).toBeLessThan(120);
    expect(rest).toEqual({ work, delaySeconds: 0 });
    expect(isSwept).toBe(false);
    expect(await keysOf(opened, `Group#${group.id}#Members`)).toEqual([]);
    expect((await itemUnder(opened, 'Outbox#Group'))?.['ttl']).toBeDefined();
  });

  it('an outbox item goes when it has outlived its sweep, so that reading stays one unit', async () => {
    let time = Date.now();
    const opened = await openTestStore({ now: () => time });
    const users = await createMany(opened, 25);
    for (const user of users) await opened.store.commit(deletion(user), aCall());
    await drain(opened);
    const announced = await keysOf(opened, 'Outbox#User');
    time += 120_000;

    await drain(opened, { now: () => time });

    expect(announced).toHaveLength(25);
    expect(await keysOf(opened, 'Outbox#User')).toEqual([]);
  });

  it('an inspection finds nothing that leads nowhere, and counts what does', async () => {
    const opened = await openTestStore();
    const users = await createMany(opened, 3);
    const group = await aGroupOf(opened, 'Inspected', users);
    await opened.store.commit(deletion(await create(opened.store, aUser('just removed'))), aCall());
    const before = await drain(opened);
    const [gone] = users;
    await opened.client.send(new DeleteItemCommand({ TableName: opened.tableName, Key: alive(gone?.id ?? '') }));

    const one = await drain(opened);
    await opened.client.send(new DeleteItemCommand({ TableName: opened.tableName, Key: alive(group.id) }));
    const all = await drain(opened);

    expect(before).toMatchObject({ memberships: 3, orphans: 0, requeued: 0, activeUsers: 3 });
    expect(one).toMatchObject({ memberships: 3, orphans: 1 });
    expect(all).toMatchObject({ memberships: 3, orphans: 6 });
  });

  it('an inspection counts who is active: a row that nobody can read is not said to be disabled', async () => {
    const opened = await openTestStore();
    const [first] = await createMany(opened, 3);
    await create(opened.store, aUser('gone', { active: false }));
    const damage = { UpdateExpression: 'SET #attributes = :none', ExpressionAttributeNames: { '#attributes': 'attributes' } };
    const Key = { pk: { S: 'User#0' }, sk: { S: first?.id ?? '' } };
    await opened.client.send(
      new UpdateItemCommand({ TableName: opened.tableName, Key, ...damage, ExpressionAttributeValues: { ':none': { S: 'none' } } }),
    );

    expect(await drain(opened)).toMatchObject({ activeUsers: 3 });
  });

  it('an inspection that the version before has begun is gone on with, with what it had counted', async () => {
    const { client, tableName } = await openTestStore();
    const sweeper = openSweeper({ client, tableName, registry: REGISTRY });
    const findings = { items: 7, memberships: 3, orphans: 1, requeued: 2 };

    const done = await sweeper.perform({ kind: 'inspect', from: JSON.stringify({ pk: 'User#0', sk: 'last', findings }) }, aCall());

    expect(done.findings).toMatchObject({ items: 7, requeued: 2, activeUsers: 0 });
  });
});

describe('what an inspection looks at while a large group is created, or after that has died', () => {
  it('is no orphan: the change is listed', async () => {
    for (let at = 1, isOver = false; !isOver; at += 1) {
      const opened = await openTestStore();
      const users = await createMany(opened, 6);
      const dying = (await openTestTable()).client;
      let calls = 0;
      injectFaults(dying, () => {
        calls += 1;
        return calls >= at ? { error: new TypeError('the end'), isDone: false } : undefined;
      });
      const store = openDirectoryStore({ client: dying, tableName: opened.tableName, registry: REGISTRY, transactionLimit: 8 });
      await create(store, aGroup('Torn'), users.map(asMember)).catch(() => undefined);
      isOver = calls < at;

      expect(await drain(opened)).toMatchObject({ orphans: 0 });
    }
  });
});

const alive = (id: string) => ({ pk: { S: `Member#${id}#Groups` }, sk: { S: '!' } });

describe('after a restore', () => {
  it('that another removal follows, nothing is brought back, and nobody goes on trying', async () => {
    const opened = await openTestStore();
    const [user] = await createMany(opened, 1);
    if (!user) throw new TypeError('no user');
    const group = await aGroupOf(opened, 'Not for long', [user]);
    await opened.store.commit(deletion(user), aCall());
    await drain(opened);
    const restored = await opened.store.commit({ ...deletion(user), kind: 'restore' }, aCall());
    await opened.store.commit(deletion(restored ?? user), aCall());

    await drain(opened);

    expect(await keysOf(opened, 'Restored#')).toEqual([]);
    expect(await keysOf(opened, `Group#${group.id}#Members`)).toEqual([]);
    expect(await keysOf(opened, `Removed#${user.id}#Members`)).toHaveLength(1);
  });
});

describe('while a large change of its group is staged', () => {
  it('a restored user waits to be its member again, and is asked after no more often than that is likely to be over', async () => {
    const opened = await openTestStore();
    const [user] = await createMany(opened, 1);
    if (!user) throw new TypeError('no user');
    const [busy, free] = [await aGroupOf(opened, 'Busy', [user]), await aGroupOf(opened, 'Free', [user])];
    await opened.store.commit(deletion(user), aCall());
    await drain(opened);
    await setPhase(opened, busy, 'staging');
    await opened.store.commit({ ...deletion(user), kind: 'restore' }, aCall());
    const work = { kind: 'return', type: 'User', id: user.id } as const;
    const perform = () => openSweeper({ ...opened, registry: REGISTRY }).perform(work, aCall());

    const first = await perform();
    const second = await perform();
    const meanwhile = await keysOf(opened, `Group#${free.id}#Members`);
    await setPhase(opened, busy, 'committed');
    const last = await perform();

    expect(meanwhile).toHaveLength(1);
    expect([first.rows, second, last]).toEqual([1, { rows: 0, left: [{ work, delaySeconds: 20 }] }, { rows: 1, left: [] }]);
    expect(await keysOf(opened, `Group#${busy.id}#Members`)).toHaveLength(1);
  });
});

const setPhase = ({ client, tableName }: TestStore, { id }: StoredResource, phase: string) =>
  client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: { pk: { S: 'Group#0' }, sk: { S: id } },
      UpdateExpression: 'SET changePhase = :phase',
      ExpressionAttributeValues: { ':phase': { S: phase } },
    }),
  );

describe('after a rename', () => {
  const rename = (group: StoredResource, displayName: string) => update(group, { ...group, attributes: { displayName } });

  it('every member row knows the new name, and the outbox item is marked swept', async () => {
    const opened = await openTestStore();
    const users = await createMany(opened, 40);
    const group = await aGroupOf(opened, 'Old', users);

    await opened.store.commit(rename((await opened.store.load('Group', group.id, {}, aCall()))?.resource ?? group, 'New'), aCall());
    await drain(opened);

    const rows = (await readTable(opened.client, opened.tableName)).filter(
      ({ sk, pk }) => sk?.S === group.id && pk?.S?.startsWith('Member#'),
    );
    expect(new Set(rows.map(({ display }) => display?.S))).toEqual(new Set(['New']));
    expect((await itemUnder(opened, 'Outbox#Group'))?.['ttl']).toBeDefined();
  });

  it('readers see the new name at once, and a sweep that runs out of time goes on where it was', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    const users = await createMany(opened, 40);
    const group = await aGroupOf(opened, 'Big old', users);
    await store.commit(rename(group, 'Big new'), aCall());
    const seen = await store.load('User', users[7]?.id ?? '', { groups: true }, aCall());
    let time = Date.now();
    const hurried = openSweeper({ ...opened, registry: REGISTRY, now: () => (time += 50) });
    const perform = (work: Work, seconds: number) => hurried.perform(work, aCall({ deadlineMs: time + seconds * 1_000 }));

    const first = await perform({ kind: 'sweep', type: 'Group', id: group.id }, 5.8);
    const [rest] = first.left;
    const last = await perform(rest?.work ?? { kind: 'requeue' }, 60);

    expect(seen?.groups).toEqual([{ value: group.id, display: 'Big new' }]);
    expect(first.rows).toBeGreaterThan(0);
    expect(first.rows + last.rows).toBe(40);
    expect(contradictions(await readTable(opened.client, opened.tableName))).toEqual([]);
  });

  it('an older sweep never overwrites a later name', async () => {
    const opened = await openTestStore();
    const { store } = opened;
    const users = await createMany(opened, 3);
    const group = await aGroupOf(opened, 'First', users);
    const second = await store.commit(rename(group, 'Second'), aCall());
    if (!second) throw new TypeError('no group');

    await store.commit(rename(second, 'Third'), aCall());
    await expect(store.commit(rename(group, 'Stale'), aCall())).rejects.toThrow();

    expect((await store.load('User', users[0]?.id ?? '', { groups: true }, aCall()))?.groups).toEqual([
      { value: group.id, display: 'Third' },
    ]);
  });

  it('a change that leaves the name alone writes no outbox item', async () => {
    const opened = await openTestStore();
    const group = await create(opened.store, aGroup('Same name'));

    await opened.store.commit(update(group, { ...group, externalIds: { default: newId() } }), aCall());

    expect(await keysOf(opened, 'Outbox#')).toEqual([]);
  });
});
