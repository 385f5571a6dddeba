import { describe, expect, it, jest } from '@jest/globals';
import { IDS_OF_AN_EVENT, isLater } from '../../src/directory/feed/change-event.ts';
import { resourceSnapshot } from '../../src/directory/feed/snapshot-event.ts';
import type { FeedWork } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { entriesOf } from '../../src/dynamodb/feed/entries-of-change.ts';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import type { Telling } from '../../src/dynamodb/feed/telling.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { toResource } from '../../src/dynamodb/rows.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { performFeedWork } from '../../src/runtime/feed-work.ts';
import { GROUP, REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestClient, openTestStreams } from '../support/dynamodb-client.ts';
import { anEntry, readToEnd, START } from '../support/feed.ts';
import { aCall, STAMP } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';
import { faultsOf } from '../support/valid-event.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(60_000);

const MEMBERS = IDS_OF_AN_EVENT + 50;

type Process = { readonly dies?: number; readonly values?: Telling['values'] };

/** A process of the worker, which may die before a call of the store. */
function workerOn({ tableName }: TestStore, { dies = Infinity, values = 'none' }: Process = {}) {
  const client = openTestClient();
  let calls = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      if (calls >= dies) throw new TypeError('the end');
      return next(args);
    },
    { step: 'initialize' },
  );
  const table = new TableClient(client, tableName, REAL_PACE);
  const feed = openFeedLog({ client, tableName, tenant: 'example', retentionDays: 30 });
  const working = { table, feed, registry: REGISTRY, values, pace: REAL_PACE, bus: undefined, streams: openTestStreams() };
  const perform = (work: FeedWork, deadlineMs = Date.now() + 60_000) => performFeedWork(working, work, aCall({ deadlineMs }));
  return { feed, perform, calls: () => calls };
}

async function aGroupOf({ store }: TestStore, count: number): Promise<{ readonly group: StoredResource; readonly ids: readonly string[] }> {
  const users = Array.from({ length: count }, (_, index) => aUser(`user.${index}`));
  for (let start = 0; start < count; start += 25) await Promise.all(users.slice(start, start + 25).map((user) => create(store, user)));
  let group = await create(store, aGroup('Large'));
  for (let start = 0; start < count; start += 30)
    group = (await store.commit(memberChange(group, users.slice(start, start + 30).map(asMember)), aCall())) ?? group;
  return { group, ids: users.map(({ id }) => id).sort() };
}

const departuresOf = ({ id, version }: StoredResource) => ({ kind: 'departures', type: 'Group', id, version: version + 1 }) as const;

const told = async (opened: TestStore) => (await readToEnd(workerOn(opened).feed)).events;

const isInOrder = (parts: readonly number[]): boolean => parts.every((part, index) => index === 0 || part > (parts[index - 1] ?? 0));

describe('whom a removed group had', () => {
  it('is told in events of as many as one names, whatever has been cleared away meanwhile', async () => {
    const opened = await openTestStore();
    const { group, ids } = await aGroupOf(opened, MEMBERS);
    await opened.store.commit(deletion(group), aCall());
    const sweeper = openSweeper({ ...opened, registry: REGISTRY });

    await sweeper.perform({ kind: 'sweep', type: 'Group', id: group.id }, aCall({ deadlineMs: Date.now() + 5_100 }));
    await workerOn(opened).perform(departuresOf(group));
    const events = await told(opened);

    expect(events.map(({ type, part, version }) => [type, part, version])).toEqual([
      ['members.removed', 1, group.version + 1],
      ['members.removed', 2, group.version + 1],
    ]);
    expect(events.flatMap(({ members = [] }) => members).sort()).toEqual(ids);
    expect(events).toMatchObject([{ application: STAMP.application, requestId: STAMP.requestId, time: STAMP.at }, {}]);
  });

  it('is told once, in order, wherever the worker dies', async () => {
    const opened = await openTestStore();
    const { group, ids } = await aGroupOf(opened, MEMBERS);
    await opened.store.commit(deletion(group), aCall());
    const needed = await callsOf(opened, departuresOf(group));

    for (let dies = 1; dies <= needed; dies += 1)
      await workerOn(opened, { dies })
        .perform(departuresOf(group))
        .catch(() => undefined);
    await workerOn(opened).perform(departuresOf(group));
    const events = await told(opened);

    expect(isInOrder(events.map(({ part }) => part))).toBe(true);
    expect(events.flatMap(({ members = [] }) => members).sort()).toEqual(ids);
  });

  it('is told no more once the group is there again, and nothing is told of another removal', async () => {
    const opened = await openTestStore();
    const { group } = await aGroupOf(opened, 3);
    await opened.store.commit(deletion(group), aCall());
    const removed = await opened.store.loadRemoved('Group', group.id, aCall());
    if (removed === undefined) throw new TypeError('nothing to restore');

    await workerOn(opened).perform({ ...departuresOf(group), version: group.version + 7 });
    const entries = deletion(group).entries;
    await opened.store.commit({ kind: 'restore', before: removed.resource, entries, stamp: STAMP }, aCall());
    await workerOn(opened).perform(departuresOf(group));

    await expect(told(opened)).resolves.toEqual([]);
  });

  it('is handed on when time is up', async () => {
    const opened = await openTestStore();
    const { group } = await aGroupOf(opened, 3);
    await opened.store.commit(deletion(group), aCall());

    const done = await workerOn(opened).perform(departuresOf(group), Date.now() + 4_900);

    expect(done).toEqual({ rows: 0, left: [{ work: departuresOf(group), delaySeconds: 0 }] });
  });
});

/** How many calls all of it takes, seen on a table of its own kind. */
async function callsOf(opened: TestStore, work: FeedWork): Promise<number> {
  const probe = workerOn(opened);
  await probe.perform(work, Date.now() + 4_900);
  return probe.calls() + 8;
}

describe('an announcement', () => {
  const announce = ({ type, id, version }: StoredResource): FeedWork => ({ kind: 'announce', type, id, version });

  it('says what a user is now, behind all that its version gave rise to', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('ada', { active: false }));

    await workerOn(opened).perform(announce(user));
    await workerOn(opened, { values: 'profile' }).perform(announce(user));
    const [first, second] = await told(opened);

    expect(first).toEqual({
      id: `${user.id}.1.1500000`,
      tenant: 'example',
      type: 'user.snapshot',
      resourceType: 'User',
      resourceId: user.id,
      version: 1,
      part: 1_500_000,
      time: STAMP.at,
      active: false,
    });
    expect(second).toMatchObject({ part: 2_500_000, profile: { userName: 'ada' } });
  });

  it('is news to whoever has read all of it elsewhere, and leaves the stream nothing to tell', async () => {
    const opened = await openTestStore();
    const { group } = await aGroupOf(opened, 3);
    const key = keyOf.resource('Group', group.id);
    const table = new TableClient(opened.client, opened.tableName, REAL_PACE);
    const before = await table.get(key, aCall());
    const read = resourceSnapshot({ tenant: 'example', values: 'none' }, GROUP, toResource('Group', before ?? {}));

    await workerOn(opened).perform(announce(group));
    await workerOn(opened).perform(announce(group));

    const events = await told(opened);
    const after = await table.get(key, aCall());
    const change = { type: 'Group', id: group.id, at: STAMP.at, ...(before && { before }), ...(after && { after }) };
    expect([read, ...events].every((event, index, all) => index === 0 || isLater(event, all[index - 1] ?? event))).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['group.snapshot', 'members.added', 'group.snapshot', 'members.added']);
    expect(entriesOf(change, { registry: REGISTRY, values: 'none' })).toEqual([]);
  });

  it('is made although it cannot be understood who changed the resource last', async () => {
    const opened = await openTestStore();
    const [there, gone] = [await create(opened.store, aUser('there')), await create(opened.store, aUser('gone'))];
    const { group } = await aGroupOf(opened, 3);
    for (const each of [gone, group]) await opened.store.commit(deletion(each), aCall());
    const table = new TableClient(opened.client, opened.tableName, REAL_PACE);
    const keys = [keyOf.resource('User', there.id), keyOf.tombstone('User', gone.id), keyOf.tombstone('Group', group.id)];
    for (const key of keys) await table.execute({ writes: [{ write: { kind: 'update', key, set: { lastChange: '{}' } } }] }, aCall());

    for (const each of [there, gone]) await workerOn(opened).perform(announce(each));
    await workerOn(opened).perform(departuresOf(group));

    const events = await told(opened);
    expect(events.map(({ type, requestId }) => [type, requestId])).toEqual([
      ['user.snapshot', undefined],
      ['user.removed', undefined],
      ['members.removed', undefined],
    ]);
    expect(events.flatMap(faultsOf)).toEqual([]);
  });

  it('says whom a group has, wherever the worker dies', async () => {
    const opened = await openTestStore();
    const { group, ids } = await aGroupOf(opened, MEMBERS);

    for (let dies = 1; dies <= 14; dies += 1)
      await workerOn(opened, { dies })
        .perform(announce(group))
        .catch(() => undefined);
    await workerOn(opened).perform(announce(group));
    const events = await told(opened);
    const last = events.slice(events.findLastIndex(({ type }) => type === 'group.snapshot') + 1);

    expect(isInOrder(events.map(({ part }) => part))).toBe(true);
    expect(last.map(({ type }) => type)).toEqual(['members.added', 'members.added']);
    expect(last.flatMap(({ members = [] }) => members).sort()).toEqual(ids);
  });

  it('begins anew when the group changes', async () => {
    const opened = await openTestStore();
    const { group } = await aGroupOf(opened, 3);
    const { client } = opened;
    let isRenamed = false;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const isAppend = commandName === 'TransactWriteItemsCommand' && JSON.stringify(args.input).includes('members.added');
          if (isAppend && !isRenamed) {
            isRenamed = true;
            const others = openDirectoryStore({ client: openTestClient(), tableName: opened.tableName, registry: REGISTRY });
            await others.commit(update(group, { ...group, attributes: { displayName: 'Renamed' } }), aCall());
          }
          return next(args);
        },
      { step: 'initialize' },
    );
    const feed = openFeedLog({ ...opened, tenant: 'example', retentionDays: 30 });
    const table = new TableClient(client, opened.tableName, REAL_PACE);
    const working = {
      table,
      feed,
      registry: REGISTRY,
      values: 'none',
      pace: REAL_PACE,
      bus: undefined,
      streams: openTestStreams(),
    } as const;

    await performFeedWork(working, announce(group), aCall());
    const events = await told(opened);

    expect(events.map(({ type, version }) => [type, version - group.version])).toEqual([
      ['group.snapshot', 0],
      ['group.snapshot', 1],
      ['members.added', 1],
    ]);
  });

  it('says that a resource is gone: by whom, if that is known', async () => {
    const opened = await openTestStore();
    const [kept, unknown] = [await create(opened.store, aUser('kept')), aUser('never there')];
    await opened.store.commit(deletion(kept), aCall());
    await drain(opened);

    await workerOn(opened).perform(announce(kept));
    await workerOn(opened).perform(announce(unknown));
    await workerOn(opened).perform({ kind: 'announce', type: 'User', id: unknown.id });

    await expect(told(opened)).resolves.toMatchObject([
      { type: 'user.removed', resourceId: kept.id, version: 2, part: 0, requestId: STAMP.requestId },
      { type: 'user.removed', resourceId: unknown.id, version: 2, part: 0 },
    ]);
  });

  it('says that a resource is gone whose type is gone, too', async () => {
    const opened = await openTestStore();
    const { id } = aUser('robot');

    await workerOn(opened).perform({ kind: 'announce', type: 'Robot', id, version: 3 });

    const events = await told(opened);
    expect(events).toMatchObject([{ type: 'resource.removed', resourceType: 'Robot', resourceId: id, version: 4, part: 0 }]);
    expect(events.flatMap(faultsOf)).toEqual([]);
  });

  it('says that a group is gone, and leaves to be told whom it had', async () => {
    const opened = await openTestStore();
    const { group, ids } = await aGroupOf(opened, 3);
    await opened.store.commit(deletion(group), aCall());

    const { left } = await workerOn(opened).perform(announce(group));
    for (const { work } of left) await workerOn(opened).perform(work as FeedWork);

    expect(left).toEqual([{ work: departuresOf(group), delaySeconds: 0 }]);
    const events = await told(opened);
    expect(events.map(({ type, version, part }) => [type, version - group.version, part])).toEqual([
      ['group.removed', 1, 0],
      ['members.removed', 1, 1],
    ]);
    expect(events.flatMap(({ members = [] }) => members).sort()).toEqual(ids);
  });
});

describe('what is left to be published', () => {
  it('is the rest of one item of the log', async () => {
    const opened = await openTestStore();
    const { feed } = workerOn(opened);
    await feed.append([anEntry(1), anEntry(2), anEntry(3)], aCall());
    await feed.append([anEntry(4)], aCall());
    const published: number[] = [];
    const bus = {
      publish: async (events: readonly { readonly version: number }[]) => void published.push(...events.map((one) => one.version)),
    };
    const table = new TableClient(opened.client, opened.tableName, REAL_PACE);
    const working = { table, feed, registry: REGISTRY, values: 'none', pace: REAL_PACE, bus, streams: openTestStreams() } as const;

    const done = await performFeedWork(working, { kind: 'publish', ...START, index: 1 }, aCall());
    const late = await performFeedWork(working, { kind: 'publish', ...START }, aCall({ deadlineMs: Date.now() }));

    expect([done, published]).toEqual([{ rows: 2, left: [] }, [2, 3]]);
    expect(late).toEqual({ rows: 0, left: [{ work: { kind: 'publish', ...START }, delaySeconds: 0 }] });
  });

  it('goes without the values that the operator no longer lets out', async () => {
    const opened = await openTestStore();
    const { feed } = workerOn(opened);
    await feed.append([{ ...anEntry(1), profile: { login: 'ada' } }], aCall());
    const published: object[] = [];
    const bus = { publish: async (events: readonly object[]) => void published.push(...events) };
    const table = new TableClient(opened.client, opened.tableName, REAL_PACE);
    const working = { table, feed, registry: REGISTRY, pace: REAL_PACE, bus, streams: openTestStreams() } as const;

    for (const values of ['none', 'profile'] as const)
      await performFeedWork({ ...working, values }, { kind: 'publish', ...START }, aCall());

    expect(published.map((event) => 'profile' in event)).toEqual([false, true]);
  });
});
