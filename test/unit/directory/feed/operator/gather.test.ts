import { describe, expect, it } from '@jest/globals';
import { gather } from '../../../../../src/directory/feed/operator/gather.ts';
import type { FeedLog, FeedPlace } from '../../../../../src/directory/feed/ports.ts';
import { anEntry } from '../../../../support/feed.ts';
import { aCall } from '../../../../support/store-call.ts';

const START: FeedPlace = { generation: 1, position: 1, index: 0 };
const PATHS = Array.from({ length: 1_000 }, (_, n) => `attribute${n}`);
const EVENTS_OF_A_PAGE = 50;
/** Half of what Lambda lets an answer have. */
const ANSWER_BYTES = 3_000_000;

/** A log without end, of events with much to say. */
const endless: FeedLog = {
  append: () => Promise.reject(new TypeError('nothing is written here')),
  end: async () => START,
  since: async () => START,
  read: async ({ generation, position }) => {
    const events = Array.from({ length: EVENTS_OF_A_PAGE }, (_, index) => ({
      event: { ...anEntry(index + 1, { paths: PATHS }), id: `e.${position}.${index}`, tenant: 'acme' },
      next: { generation, position, index: index + 1 },
    }));
    return { events, next: { generation, position: position + 1, index: 0 }, isEnd: false, asOfMs: 0, hasGap: false };
  },
};

const source = (nowMs: number) => ({ log: endless, now: () => nowMs, settings: { values: 'none', retentionDays: 30 } }) as const;
const selected = { from: START, isLate: false, end: undefined, about: {} };
const isWanted = () => true;

describe('what is gathered of the log', () => {
  it('fits into an answer, however much each event says, and goes on behind it', async () => {
    const { events, next, isEnd } = await gather(source(0), { ...selected, isWanted }, 1_000, aCall());

    expect(JSON.stringify(events).length).toBeLessThan(ANSWER_BYTES);
    expect([events.length > EVENTS_OF_A_PAGE, isEnd]).toEqual([true, false]);
    expect(next).toEqual({
      generation: 1,
      position: Math.ceil(events.length / EVENTS_OF_A_PAGE),
      index: events.length % EVENTS_OF_A_PAGE || EVENTS_OF_A_PAGE,
    });
  });

  it('is answered in time, though nothing of what is meant has been found yet', async () => {
    const gathered = await gather(source(60_000), { ...selected, isWanted: () => false }, 1, aCall({ deadlineMs: 60_000 }));

    expect(gathered).toEqual({ events: [], next: { ...START, position: 2 }, isEnd: false, hasGap: false });
  });
});
