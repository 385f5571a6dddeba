import { randomUUID } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { FeedEntry } from '../../src/directory/feed/ports.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { writeManifest } from '../../src/dynamodb/staged/manifest.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { anEntry, openTestFeed, readToEnd, type TestFeed, versionsOf } from '../support/feed.ts';
import { runs } from '../support/property-runs.ts';
import { aCall } from '../support/store-call.ts';
import { faultsOf } from '../support/valid-event.ts';

const PLENTY = { events: 1_000, bytes: 10_000_000 };

let feed: TestFeed;

const idsFrom = (first: number, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `member-${first + index}`);

/** The entry of a large change of so many members, whose manifest is in the table. */
async function aLargeChange(added: number, removed: number, overrides: Partial<FeedEntry> = {}): Promise<FeedEntry> {
  const [groupId, id] = [randomUUID(), randomUUID()];
  const table = new TableClient(feed.client, feed.tableName, REAL_PACE);
  const manifest = { added: idsFrom(0, added), removed: idsFrom(added, removed) };
  await writeManifest(table, { groupId, id }, manifest, 4_000_000_000, aCall());
  const { paths: _, active: __, ...common } = anEntry(7, { type: 'members.added', resourceType: 'Group', resourceId: groupId });
  return { ...common, part: 3, ...overrides, manifest: id };
}

const membersOf = (events: readonly ChangeEvent[], type: string): readonly string[] =>
  events.filter((event) => event.type === type).flatMap(({ members = [] }) => members);

beforeAll(async () => {
  feed = await openTestFeed();
});

describe('a large change', () => {
  it.each([
    [1, 0],
    [0, 1],
    [200, 0],
    [201, 1],
    [1_000, 0],
    [0, 1_001],
    [800, 2_500],
    [2_500, 1_200],
  ])('of %d members added and %d removed is told whole, in events of 200 at most, with parts that rise', async (added, removed) => {
    const from = await feed.log.end(aCall());
    await feed.log.append([await aLargeChange(added, removed)], aCall());

    const { events } = await readToEnd(feed.log, from);

    expect(membersOf(events, 'members.added')).toEqual(idsFrom(0, added));
    expect(membersOf(events, 'members.removed')).toEqual(idsFrom(added, removed));
    expect(events.flatMap(faultsOf)).toEqual([]);
    expect(events.map(({ part }) => part)).toEqual([...new Set(events.map(({ part }) => part))].toSorted((one, other) => one - other));
    expect(events[0]?.part).toBe(3);
  });

  it('is gone on with from any place in it, and among others, with exactly the rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2_500), fc.nat(2_500), fc.nat(3), fc.integer({ min: 1, max: 9 }), async (added, removed, before, page) => {
        fc.pre(added + removed > 0);
        const from = await feed.log.end(aCall());
        const earlier = Array.from({ length: before }, (_, index) => anEntry(index + 1));
        await feed.log.append([...earlier, await aLargeChange(added, removed), anEntry(99)], aCall());
        const { events } = await feed.log.read(from, PLENTY, aCall());
        const ids = events.map(({ event }) => event.id);

        for (const [index, { next }] of events.entries()) {
          const rest = await feed.log.read(next, PLENTY, aCall());
          expect(rest.events.map(({ event }) => event.id)).toEqual(ids.slice(index + 1));
        }
        expect((await readToEnd(feed.log, from, { ...PLENTY, events: page })).events.map(({ id }) => id)).toEqual(ids);
      }),
      runs(8),
    );
  });

  it('is appended at the same cost, however large it is', async () => {
    const [small, large] = [await aLargeChange(1, 0), await aLargeChange(2_500, 0)];
    const calls = [aCall(), aCall()];

    await feed.log.append([small], calls[0] ?? aCall());
    await feed.log.append([large], calls[1] ?? aCall());

    expect(calls.map(({ usage }) => [usage.calls, usage.writeUnits])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('costs whoever reads it each part of the manifest once, and what is not wanted nothing', async () => {
    const from = await feed.log.end(aCall());
    await feed.log.append([await aLargeChange(2_500, 0)], aCall());
    const [all, one] = [aCall(), aCall()];

    await feed.log.read(from, PLENTY, all);
    await feed.log.read(from, { ...PLENTY, events: 1 }, one);

    // The item, and three parts of the manifest, the last of half the size.
    expect([all.usage.calls, one.usage.calls]).toEqual([4, 2]);
    expect(one.usage.readUnits).toBeLessThan(8);
  });

  it('whose manifest is gone is a gap, and what follows is read', async () => {
    const from = await feed.log.end(aCall());
    const entry = await aLargeChange(1_500, 0);
    await feed.log.append([entry], aCall());
    await feed.log.append([anEntry(8)], aCall());
    for (const { pk, sk } of await readTable(feed.client, feed.tableName)) {
      if (pk?.S?.endsWith(`Change#${entry.manifest}`) && sk?.S === '0001') {
        await feed.client.send(new DeleteItemCommand({ TableName: feed.tableName, Key: { pk, sk } }));
      }
    }

    const { events, hasGap } = await readToEnd(feed.log, from);

    expect([versionsOf(events), hasGap]).toEqual([[7, 7, 7, 7, 7, 8], true]);
  });
});
