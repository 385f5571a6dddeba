import type { RequestOf } from '../../../access/admin-request.ts';
import { type Administered, eventOf } from '../../../access/administration.ts';
import type { StoreCall } from '../../ports.ts';
import type { FeedLog, FeedPlace } from '../ports.ts';
import type { FeedAdministration } from './administration.ts';
import type { FeedStatus } from './answers.ts';
import { printPlace } from './place.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No more are counted: each of them is read. */
const COUNTED = { events: 1_000, bytes: 1_000_000 };

/** Tells how the feed of events is. */
export async function showFeedStatus(
  { log, bus, deadLetters, settings, now }: FeedAdministration,
  request: RequestOf<'events.status'>,
  call: StoreCall,
): Promise<Administered<FeedStatus>> {
  const at = new Date(now());
  const end = await log.end(call);
  const [last, lastHour, lastDay, waiting] = await Promise.all([
    lastBefore(log, end, call),
    countSince(log, new Date(at.getTime() - HOUR_MS), call),
    countSince(log, new Date(at.getTime() - DAY_MS), call),
    deadLetters.count(),
  ]);
  return {
    result: {
      now: at.toISOString(),
      cursor: printPlace(end),
      ...(last !== undefined && { lastAt: last.toISOString() }),
      lastHour,
      lastDay,
      deadLetters: waiting,
      ...settings,
      ...(bus && { bus: bus.name }),
    },
    event: eventOf(request, at),
  };
}

async function lastBefore(log: FeedLog, { generation, position }: FeedPlace, call: StoreCall): Promise<Date | undefined> {
  if (position <= 1) return undefined;
  const { events, asOfMs } = await log.read({ generation, position: position - 1, index: 0 }, { events: 1, bytes: 1 }, call);
  return events.length === 0 ? undefined : new Date(asOfMs);
}

async function countSince(log: FeedLog, time: Date, call: StoreCall): Promise<FeedStatus['lastHour']> {
  const { events, isEnd } = await log.read(await log.since(time, call), COUNTED, call);
  return { events: events.length, isMore: !isEnd };
}
