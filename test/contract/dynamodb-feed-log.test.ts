import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { FeedLog } from '../../src/directory/feed/ports.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { injectFaults, lostAnswer } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable, sizeOf } from '../support/dynamodb-table.ts';
import { anEntry, expire, openFeedLogOn, openTestFeed, readToEnd, START, versionsOf } from '../support/feed.ts';
import { runs } from '../support/property-runs.ts';
import { aCall } from '../support/store-call.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = Date.parse('2026-03-01T12:00:00.000Z');
const PLENTY = { events: 1_000, bytes: 10_000_000 };

const until = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** A clock that is set by hand, and calls that have time by it. */
function aClock(ms = NOON_MS) {
  const clock = { ms, now: () => clock.ms, call: () => aCall({ deadlineMs: clock.ms + 30_000 }) };
  return clock;
}

/** An item for each version. */
async function appendEach(log: FeedLog, versions: readonly number[], call = () => aCall()): Promise<void> {
  for (const version of versions) await log.append([anEntry(version)], call());
}

describe('the log of events', () => {
  it('gives back what was appended, in its order, each with the tenant and an id of its own', async () => {
    const { log } = await openTestFeed();

    await log.append([anEntry(1), anEntry(2, { part: 1 })], aCall());
    await log.append([anEntry(3)], aCall());

    const { events, hasGap } = await readToEnd(log);
    expect(events[1]).toEqual({ ...anEntry(2, { part: 1 }), tenant: 'example', id: `${anEntry(2).resourceId}.2.1` });
    expect([versionsOf(events), hasGap]).toEqual([[1, 2, 3], false]);
  });

  it('is empty before anything was appended, and what is appended then is behind its end', async () => {
    const { log } = await openTestFeed();

    const [end, since, read] = [await log.end(aCall()), await log.since(new Date(0), aCall()), await log.read(START, PLENTY, aCall())];
    await log.append([anEntry(1)], aCall());

    expect([end, since]).toEqual([START, START]);
    expect(read).toMatchObject({ events: [], next: START, isEnd: true, hasGap: false });
    expect(versionsOf((await readToEnd(log, end)).events)).toEqual([1]);
  });

  it('leaves nothing in the table that an inspection would find fault with', async () => {
    const { log, client, tableName } = await openTestFeed();

    await appendEach(log, [1, 2]);

    expect(contradictions(await readTable(client, tableName))).toEqual([]);
  });

  it('goes on from behind each of its events with exactly what follows', async () => {
    const { log } = await openTestFeed();
    await log.append(
      [1, 2, 3].map((version) => anEntry(version)),
      aCall(),
    );
    await appendEach(log, [4, 5]);
    const { events } = await log.read(START, PLENTY, aCall());

    for (const [index, { next }] of events.entries()) {
      expect(versionsOf((await readToEnd(log, next)).events)).toEqual([1, 2, 3, 4, 5].slice(index + 1));
    }
  });

  it('ends where whoever reads from then on misses nothing and repeats nothing', async () => {
    const { log } = await openTestFeed();
    await appendEach(log, [1, 2]);

    const end = await log.end(aCall());
    await appendEach(log, [3, 4]);

    expect(versionsOf((await readToEnd(log, end)).events)).toEqual([3, 4]);
  });

  it('hands over no more than was asked for, by number and by size, and always one', async () => {
    const { log } = await openTestFeed();
    await log.append(
      until(10).map((version) => anEntry(version, { profile: { about: 'x'.repeat(1_000) } })),
      aCall(),
    );

    const [three, sized, tiny] = await Promise.all(
      [
        { events: 3, bytes: 10_000_000 },
        { events: 1_000, bytes: 4_000 },
        { events: 1_000, bytes: 1 },
      ].map((limit) => log.read(START, limit, aCall())),
    );

    expect([three?.events.length, three?.isEnd]).toEqual([3, false]);
    expect([sized?.events.length, tiny?.events.length]).toEqual([4, 1]);
    expect(versionsOf((await readToEnd(log, START, { events: 3, bytes: 4_000 })).events)).toEqual(until(10));
  });

  it('cuts what is appended at once into items of 64 KB, but no event in two', async () => {
    const { log, client, tableName } = await openTestFeed();
    const entries = until(90).map((version) => anEntry(version, { profile: { about: 'x'.repeat(version === 50 ? 90_000 : 2_000) } }));

    await log.append(entries, aCall());

    const sizes = (await readTable(client, tableName)).filter(({ events }) => events).map(sizeOf);
    expect(sizes.filter((bytes) => bytes > 66_000).length).toBe(1);
    expect(sizes.length).toBeLessThan(7);
    expect(versionsOf((await readToEnd(log, START, { events: 7, bytes: 1_000_000 })).events)).toEqual(until(90));
  });
});

describe('many who append at the same time', () => {
  it('lose nothing, double nothing, leave no hole, and each keeps its order, from the first item on', async () => {
    const feed = await openTestFeed();
    refuseOverlaps(feed.client, { holdMs: 1 });
    const logs = [feed.log, openFeedLogOn(feed)];
    const writers = until(50);

    await Promise.all(
      writers.map(async (writer) => {
        const log = logs[writer % 2] ?? feed.log;
        for (const step of [0, 1, 2]) await log.append([anEntry(writer * 10 + step)], aCall({ deadlineMs: Date.now() + 120_000 }));
      }),
    );

    const { events, hasGap } = await readToEnd(feed.log);
    const read = versionsOf(events);
    const ofEach = writers.map((writer) => read.filter((version) => Math.floor(version / 10) === writer));
    expect(ofEach).toEqual(writers.map((writer) => [writer * 10, writer * 10 + 1, writer * 10 + 2]));
    expect(hasGap).toBe(false);
    expect((await readTable(feed.client, feed.tableName)).map(({ sk }) => sk?.S).sort()).toEqual(
      ['!', ...until(150).map((index) => `000001#${String(index + 1).padStart(12, '0')}`)].sort(),
    );
  });

  it('never have anything appear before what has been read', async () => {
    const feed = await openTestFeed();
    const other = openFeedLogOn(feed);
    const seen: number[] = [];
    let [from, isWriting] = [START, true];
    const follow = async (): Promise<void> => {
      while (isWriting) {
        const { events, next } = await feed.log.read(from, PLENTY, aCall());
        seen.push(...versionsOf(events.map(({ event }) => event)));
        from = next;
      }
    };

    const following = follow();
    await Promise.all(until(10).map((writer) => appendEach(writer % 2 ? feed.log : other, [writer * 2, writer * 2 + 1])));
    isWriting = false;
    await following;

    const { events } = await readToEnd(feed.log);
    const rest = versionsOf((await readToEnd(feed.log, from)).events);
    expect([...seen, ...rest]).toEqual(versionsOf(events));
  });

  it('are answered once although the answer was lost', async () => {
    const feed = await openTestFeed();
    await feed.log.append([anEntry(1)], aCall());
    injectFaults(feed.client, (command, earlier) => (command === 'PutItemCommand' && earlier === 0 ? lostAnswer() : undefined));
    const call = aCall();

    await feed.log.append([anEntry(2)], call);
    await feed.log.append([anEntry(3)], aCall());

    expect(versionsOf((await readToEnd(feed.log)).events)).toEqual([1, 2, 3]);
    expect(call.usage.retries).toBe(1);
  });

  it('are answered once although the answer to the first one of all was lost', async () => {
    const feed = await openTestFeed();
    injectFaults(feed.client, (command, earlier) => (command.startsWith('Transact') && earlier === 0 ? lostAnswer() : undefined));

    await feed.log.append([anEntry(1)], aCall());
    await feed.log.append([anEntry(2)], aCall());

    expect(versionsOf((await readToEnd(feed.log)).events)).toEqual([1, 2]);
  });
});

describe('what has expired', () => {
  it('is a gap for whoever had not read it, and for nobody else', async () => {
    const feed = await openTestFeed();
    await appendEach(feed.log, [1, 2, 3, 4]);
    const behindTwo = (await feed.log.read(START, { ...PLENTY, events: 2 }, aCall())).next;
    await expire(feed, (sk) => sk.endsWith('1') || sk.endsWith('2'));

    const [fromStart, fromThree] = [await readToEnd(feed.log), await readToEnd(feed.log, behindTwo)];

    expect([versionsOf(fromStart.events), fromStart.hasGap]).toEqual([[3, 4], true]);
    expect([versionsOf(fromThree.events), fromThree.hasGap]).toEqual([[3, 4], false]);
  });

  it('is read no longer, and is a gap, before anything has deleted it', async () => {
    const clock = aClock();
    const { log } = await openTestFeed({ now: clock.now, retentionDays: 2 });
    await appendEach(log, [1], clock.call);
    clock.ms += DAY_MS;
    await appendEach(log, [2], clock.call);
    clock.ms += DAY_MS;

    const { events, hasGap } = await readToEnd(log, START, PLENTY, clock.call);

    expect([versionsOf(events), hasGap]).toEqual([[2], true]);
  });

  it('counts as read where a hole is in the midst: it is deleted in no certain order', async () => {
    const feed = await openTestFeed();
    await appendEach(feed.log, [1, 2, 3]);
    await expire(feed, (sk) => sk.endsWith('2'));

    const { events, hasGap } = await readToEnd(feed.log);

    expect([versionsOf(events), hasGap]).toEqual([[1, 3], true]);
  });

  it.each(['all of it is deleted', 'all of it is about to be', 'its last items are, and earlier ones are still there'])(
    'lets the log begin anew where %s, and whoever had read it reads on',
    async (what) => {
      const clock = aClock();
      const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
      await appendEach(feed.log, [1, 2], clock.call);
      const { next } = await readToEnd(feed.log, START, PLENTY, clock.call);
      clock.ms += 3 * DAY_MS;
      if (what.startsWith('all of it is deleted')) await expire(feed);
      if (what.startsWith('its last')) await expire(feed, (sk) => sk.endsWith('2'));

      const end = await feed.log.end(clock.call());
      await appendEach(openFeedLogOn(feed, { now: clock.now, retentionDays: 1 }), [3, 4], clock.call);
      await appendEach(feed.log, [5], clock.call);

      for (const from of [next, end]) {
        const read = await readToEnd(feed.log, from, PLENTY, clock.call);
        expect([versionsOf(read.events), read.hasGap]).toEqual([[3, 4, 5], false]);
      }
    },
  );

  it('lets the log begin anew where all of its last generation is deleted, and something of an earlier one is still there', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    await appendEach(feed.log, [1], clock.call);
    clock.ms += 2 * DAY_MS;
    await appendEach(feed.log, [2], clock.call);
    const { next } = await readToEnd(feed.log, { generation: 2, position: 1, index: 0 }, PLENTY, clock.call);
    clock.ms += 2 * DAY_MS;
    await expire(feed, (sk) => sk.startsWith('000002'));
    const begunAnew = openFeedLogOn(feed, { now: clock.now, retentionDays: 1 });

    const starts = [next, await begunAnew.end(clock.call()), await begunAnew.since(new Date(clock.ms), clock.call())];
    await appendEach(begunAnew, [3], clock.call);

    for (const from of starts) {
      const { events, hasGap } = await readToEnd(begunAnew, from, PLENTY, clock.call);
      expect([versionsOf(events), hasGap]).toEqual([[3], false]);
    }
  });

  it('is a gap where all of it went with the setting of its time, for whoever may not have read it by then', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    await appendEach(feed.log, [1], clock.call);
    const { next } = await readToEnd(feed.log, START, PLENTY, clock.call);
    await appendEach(feed.log, [2], clock.call);
    clock.ms += 3 * DAY_MS;
    await expire(feed);
    const longer = openFeedLogOn(feed, { now: clock.now, retentionDays: 30 });
    await appendEach(longer, [3], clock.call);

    const [early, late] = [NOON_MS, clock.ms - DAY_MS].map((asOfMs) => longer.read({ ...next, asOfMs }, PLENTY, clock.call()));

    expect(await early).toMatchObject({ hasGap: true });
    expect(await late).toMatchObject({ hasGap: false, events: [{ event: { version: 3 } }] });
  });

  it('is a gap where the last that is left was not the last, in the midst of a read', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    await appendEach(feed.log, [1, 2], clock.call);
    clock.ms += 3 * DAY_MS;
    await expire(feed, (sk) => sk.endsWith('2'));
    const longer = openFeedLogOn(feed, { now: clock.now, retentionDays: 30 });
    await appendEach(longer, [3], clock.call);

    const { events, hasGap } = await longer.read(START, PLENTY, clock.call());

    expect([versionsOf(events.map(({ event }) => event)), hasGap]).toEqual([[1, 3], true]);
  });

  it('never lets an item take the place of one that is gone, although events are to be kept for a shorter time now', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 30 });
    await appendEach(feed.log, [1], clock.call);
    const shorter = openFeedLogOn(feed, { now: clock.now, retentionDays: 1 });
    await appendEach(shorter, [2], clock.call);

    const ends = (await readTable(feed.client, feed.tableName)).flatMap(({ ttl }) => (ttl?.N === undefined ? [] : [Number(ttl.N)]));

    expect(ends).toHaveLength(2);
    expect(ends[1]).toBeGreaterThanOrEqual(ends[0] ?? Infinity);
  });

  it('is begun anew by one of many, and nothing comes before what the others read', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    await appendEach(feed.log, [1], clock.call);
    clock.ms += 3 * DAY_MS;
    await expire(feed);

    await Promise.all(until(20).map((version) => openFeedLogOn(feed, { now: clock.now }).append([anEntry(version)], clock.call())));

    const { events, hasGap } = await readToEnd(feed.log, { generation: 2, position: 1, index: 0 }, PLENTY, clock.call);
    expect([[...versionsOf(events)].sort((one, other) => one - other), hasGap]).toEqual([until(20), false]);
  });

  it('is not written behind while another begins the log anew', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    await appendEach(feed.log, [1], clock.call);
    const late = openFeedLogOn(feed, { now: () => clock.ms - 3 * HOUR_MS, retentionDays: 1 });
    clock.ms += 2 * DAY_MS - 5 * HOUR_MS;
    let isFirst = true;
    feed.client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (commandName !== 'TransactWriteItemsCommand' || !isFirst) return next(args);
          isFirst = false;
          await appendEach(feed.log, [2], clock.call);
          return next(args);
        },
      { step: 'initialize' },
    );

    await late.append([anEntry(3)], clock.call());

    const { events, hasGap } = await readToEnd(feed.log, { generation: 1, position: 2, index: 0 }, PLENTY, clock.call);
    expect([versionsOf(events), hasGap]).toEqual([[2, 3], false]);
  });
});

describe('since a time', () => {
  it('finds the first that was written down then or later, at any time', async () => {
    const clock = aClock();
    const { log } = await openTestFeed({ now: clock.now });
    const times = until(9).map((index) => NOON_MS + index * HOUR_MS);
    for (const [version, ms] of times.entries()) {
      clock.ms = ms;
      await appendEach(log, [version], clock.call);
    }

    for (const ms of times.flatMap((each) => [each - 1, each, each + 1])) {
      const { events } = await readToEnd(log, await log.since(new Date(ms), clock.call()), PLENTY, clock.call);
      expect(versionsOf(events)).toEqual(until(9).filter((index) => (times[index] ?? 0) >= ms));
    }
  });

  it('begins with what is left where that is later', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now });
    await appendEach(feed.log, [1, 2, 3, 4, 5], clock.call);
    await expire(feed, (sk) => /[12]$/.test(sk));

    const { events, hasGap } = await readToEnd(feed.log, await feed.log.since(new Date(0), clock.call()), PLENTY, clock.call);

    expect([versionsOf(events), hasGap]).toEqual([[3, 4, 5], true]);
  });

  it('has a gap behind it where the setting was a shorter one then, and none where all that is gone is earlier', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now, retentionDays: 1 });
    const longer = openFeedLogOn(feed, { now: clock.now });
    for (const [log, hour] of [
      [feed.log, 0],
      [feed.log, 1],
      [longer, 2],
      [longer, 80],
    ] as const) {
      clock.ms = NOON_MS + hour * HOUR_MS;
      await appendEach(log, [hour], clock.call);
    }
    await expire(feed, (sk) => /[12]$/.test(sk));
    const gaps: boolean[] = [];

    for (const hour of [0, 1, 1.5, 2, 3, 80]) {
      const place = await longer.since(new Date(NOON_MS + hour * HOUR_MS), clock.call());
      gaps.push((await readToEnd(longer, place, PLENTY, clock.call)).hasGap);
    }

    expect(gaps).toEqual([true, true, false, false, false, false]);
  });

  it('goes by an order of times although the clocks of two who append disagree', async () => {
    const clock = aClock();
    const feed = await openTestFeed({ now: clock.now });
    const behind = openFeedLogOn(feed, { now: () => clock.ms - HOUR_MS });
    for (const version of until(6)) await (version % 2 ? behind : feed.log).append([anEntry(version)], clock.call());

    const { events } = await readToEnd(feed.log, await feed.log.since(new Date(NOON_MS), clock.call()), PLENTY, clock.call);

    expect(versionsOf(events)).toEqual(until(6));
  });
});

describe('what it costs', () => {
  it('is one write to append, of a unit for each KB begun, once it is known where the log ends', async () => {
    const { log } = await openTestFeed();
    await log.append([anEntry(1)], aCall());

    for (const kilobytes of [0, 1, 7, 40]) {
      const call = aCall();
      const entry = anEntry(2, { profile: { about: 'x'.repeat(kilobytes * 1_024) } });
      await log.append([entry], call);
      expect(call.usage).toMatchObject({ calls: 1, readUnits: 0, writeUnits: kilobytes + 1 });
    }
  });

  it('is one small read more for who does not know yet', async () => {
    const feed = await openTestFeed();
    await feed.log.append([anEntry(1)], aCall());
    const call = aCall();

    await openFeedLogOn(feed).append([anEntry(2)], call);

    expect(call.usage).toMatchObject({ calls: 2, readUnits: 1, writeUnits: 1 });
  });

  it('is for a page what its items are, and never more than 16 beyond', async () => {
    const { log } = await openTestFeed();
    const profile = { about: 'x'.repeat(6_950) };
    for (const version of until(40)) await log.append([anEntry(version, { profile })], aCall());
    const [one, ten, all] = [aCall(), aCall(), aCall()];

    await log.read(START, { ...PLENTY, events: 1 }, one);
    await log.read(START, { ...PLENTY, events: 10 }, ten);
    await log.read(START, PLENTY, all);

    expect([one.usage.readUnits, ten.usage.calls, ten.usage.readUnits]).toEqual([2, 1, 18]);
    expect(all.usage).toMatchObject({ calls: 3 });
  });

  it('is the same wherever the page is', async () => {
    const { log } = await openTestFeed();
    for (const version of until(40)) await log.append([anEntry(version)], aCall());

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 38 }), async (position) => {
        const call = aCall();
        await log.read({ generation: 1, position, index: 0 }, { ...PLENTY, events: 2 }, call);
        expect(call.usage).toMatchObject({ calls: 1, readUnits: 1 });
      }),
      runs(20),
    );
  });
});
