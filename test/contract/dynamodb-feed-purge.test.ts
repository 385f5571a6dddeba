import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import type { Attributes } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { erase } from '../../src/dynamodb/operator/erase.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { readWholeManifest, writeManifest } from '../../src/dynamodb/staged/manifest.ts';
import { planList } from '../../src/dynamodb/staged/plan-change.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { anEntry, openTestFeed, readToEnd, START, type TestFeed } from '../support/feed.ts';
import { aCall } from '../support/store-call.ts';
import { faultsOf } from '../support/valid-event.ts';

const ADA = '0197f000-0000-7000-8000-00000000000a';
const GROUP = '0197f000-0000-7000-8000-0000000000aa';
const CHANGE = { groupId: GROUP, id: 'change-1' };
const OTHERS = Array.from({ length: 1_200 }, () => randomUUID());

let feed: TestFeed;
let table: TableClient;

const purge = (id = ADA) => erase(table, id, undefined, () => false, aCall());

const aMembersEntry = (overrides: Partial<FeedEntry>): FeedEntry => {
  const { paths: _, active: __, ...common } = anEntry(2, { type: 'members.added', resourceType: 'Group', resourceId: GROUP });
  return { ...common, ...overrides };
};

beforeEach(async () => {
  feed = await openTestFeed();
  table = new TableClient(feed.client, feed.tableName, REAL_PACE);
});

describe('what was told of a person who is purged', () => {
  it('stays told, in its place, without what the person was', async () => {
    const profile = { mail: 'ada@example.com' };
    await feed.log.append([anEntry(1, { resourceId: ADA, profile }), anEntry(1, { profile: { mail: 'bea@example.com' } })], aCall());
    await feed.log.append([anEntry(2, { resourceId: ADA, type: 'user.removed' })], aCall());
    const before = await feed.log.read(START, { events: 1_000, bytes: 1_000_000 }, aCall());

    const { erased, passing } = await purge();

    const after = await feed.log.read(START, { events: 1_000, bytes: 1_000_000 }, aCall());
    expect([erased, passing]).toEqual([1, 0]);
    expect(after.events.map(({ next }) => next)).toEqual(before.events.map(({ next }) => next));
    expect(after.events.map(({ event }) => event.profile)).toEqual([undefined, { mail: 'bea@example.com' }, undefined]);
    expect(JSON.stringify(await readTable(feed.client, feed.tableName))).not.toContain('ada@');
  });

  it('does not name them as a member any more, nor is there an event of nobody', async () => {
    await feed.log.append(
      [aMembersEntry({ members: ['x', ADA, 'y'] }), aMembersEntry({ part: 1, members: [ADA] }), aMembersEntry({ part: 2, members: ['z'] })],
      aCall(),
    );
    await feed.log.append([aMembersEntry({ part: 3, members: [ADA] })], aCall());

    await purge();

    const { events, isEnd, hasGap } = await readToEnd(feed.log, START, { events: 1, bytes: 1 });
    expect(events.map(({ part, members }) => [part, members])).toEqual([
      [0, ['x', 'y']],
      [2, ['z']],
    ]);
    expect([isEnd, hasGap, events.flatMap(faultsOf)]).toEqual([true, false, []]);
    expect(JSON.stringify(await readTable(feed.client, feed.tableName))).not.toContain(ADA);
  });

  it('is taken out of a large change in whose midst somebody stands, who reads on with exactly the rest', async () => {
    const added = OTHERS.with(3, ADA);
    await writeManifest(table, CHANGE, { added, removed: [] }, 4_000_000_000, aCall());
    await feed.log.append([aMembersEntry({ manifest: CHANGE.id })], aCall());
    const half = await feed.log.read(START, { events: 3, bytes: 1_000_000 }, aCall());

    await purge();

    const rest = await readToEnd(feed.log, half.next);
    const whole = await readToEnd(feed.log);
    expect(rest.events.flatMap(({ members = [] }) => members)).toEqual(added.slice(600));
    expect(whole.events.flatMap(({ members = [] }) => members)).toEqual(added.filter((id) => id !== ADA));
    expect(JSON.stringify(await readTable(feed.client, feed.tableName))).not.toContain(ADA);
  });

  it('waits for a large change that is to be finished or undone yet', async () => {
    const manifest = { added: [ADA, ...OTHERS.slice(0, 3)], removed: [] };
    await writeManifest(table, CHANGE, manifest, 4_000_000_000, aCall());
    await table.execute({ writes: [planList({ ...CHANGE, type: 'Group', kind: 'update', until: 0 })] }, aCall());

    const early = await purge();
    const meanwhile = await readWholeManifest(table, CHANGE, aCall());
    await table.execute({ writes: [{ write: { kind: 'delete', key: keyOf.change(CHANGE.id) } }] }, aCall());
    const late = await purge();

    expect([early.erased, early.passing, late.erased, late.passing]).toEqual([0, 1, 1, 0]);
    expect(meanwhile).toEqual(manifest);
    expect((await readWholeManifest(table, CHANGE, aCall())).added).toEqual(OTHERS.slice(0, 3));
  });

  it('is taken out of what a group has said without a new version', async () => {
    const key = keyOf.resource('Group', GROUP);
    const told = JSON.stringify({ added: ['x', ADA] });
    const attributes = { attributes: '{}', lastChange: JSON.stringify({ paths: [], added: ['x'] }), told, said: 1 };
    await table.execute({ writes: [{ write: { kind: 'put', key, attributes } }] }, aCall());

    await purge();

    expect(await table.get(key, aCall())).toMatchObject({ ...attributes, told: '{"added":["x"]}' });
  });

  it('leaves what is told of others to go on from where it is, and no place that nothing goes on from', async () => {
    const put = (pk: string, attributes: Attributes) =>
      table.execute({ writes: [{ write: { kind: 'put', key: { pk, sk: GROUP }, attributes } }] }, aCall());
    const row = { attributes: '{}', lastChange: '{"paths":[]}', version: 3, said: 1 };
    const place = (version: number) => JSON.stringify({ slice: 1, after: ADA, version, said: 1, part: 1_500_001, isDone: false });
    await put('Restored#Group', { restoredVersion: 5, toldUpTo: ADA });
    await put('Removed#Group', { ...row, departures: place(3) });
    await put('Group#0', { ...row, announced: place(3) });

    const early = await purge();
    await table.execute({ writes: [{ write: { kind: 'delete', key: keyOf.restored('Group', GROUP) } }] }, aCall());
    await put('Removed#Group', row);
    await put('Group#0', { ...row, announced: place(2) });
    const late = await purge();

    expect([early, late].map(({ erased, passing, mentionedBy }) => [erased, passing, mentionedBy])).toEqual([
      [0, 3, []],
      [1, 0, []],
    ]);
    expect(JSON.stringify(await readTable(feed.client, feed.tableName))).not.toContain(ADA);
  });

  it('comes back in no item that others have written to meanwhile', async () => {
    await feed.log.append([anEntry(1, { resourceId: ADA, profile: { mail: 'ada@example.com' } })], aCall());
    await feed.log.append([aMembersEntry({ members: [ADA, OTHERS[0] ?? ''] })], aCall());

    await Promise.all([purge(), purge(OTHERS[0])]);
    await Promise.all([purge(), purge(OTHERS[0])]);

    const { events } = await readToEnd(feed.log);
    expect(events).toEqual([expect.not.objectContaining({ profile: expect.anything() })]);
  });
});
