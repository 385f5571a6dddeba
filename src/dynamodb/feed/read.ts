import type { FeedLimit, FeedPlace, FeedPlaceAsOf, FeedRead, PlacedEvent } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { number, optionalNumber, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import { ManifestGone } from '../staged/manifest.ts';
import type { TableClient } from '../table-client.ts';
import { eventsIn } from './expand.ts';
import { type LogItem, toLogItem } from './item.ts';
import { findLast } from './last.ts';
import { beginningOf, behind, type Last, positionIn } from './place.ts';
import { DAY_SECONDS, FORGOTTEN_SECONDS } from './plan-behind.ts';

export type Reading = {
  readonly table: TableClient;
  readonly tenant: string;
  readonly now: () => number;
  readonly retentionDays: number;
};

/** Items read at once; one has up to 64 KB. */
const ITEMS_AT_ONCE = 16;

/** A write takes no longer to arrive than this, and clocks differ by less. */
const LATE_MS = 60_000;

/** What is read so far. */
type Progress = { readonly events: PlacedEvent[]; bytes: number; place: FeedPlace; asOfMs: number; hasGap: boolean };

export async function read(reading: Reading, from: FeedPlaceAsOf, limit: FeedLimit, call: StoreCall): Promise<FeedRead> {
  const beganMs = reading.now();
  const { asOfMs: knownMs = Infinity, ...place } = from;
  const progress: Progress = { events: [], bytes: 0, place, asOfMs: knownMs, hasGap: false };
  const isFull = await fill(progress, reading, limit, call);
  const { events, place: next, asOfMs, hasGap } = progress;
  return { events, next, isEnd: !isFull, asOfMs: isFull ? asOfMs : beganMs - LATE_MS, hasGap };
}

/** @returns whether there may be more than was wanted */
async function fill(progress: Progress, reading: Reading, limit: FeedLimit, call: StoreCall): Promise<boolean> {
  const { generation, position } = progress.place;
  const pageSize = Math.min(ITEMS_AT_ONCE, limit.events);
  for await (const rows of reading.table.pages({ pk: partitionOf.feed(), from: keyOf.events(generation, position).sk, pageSize }, call)) {
    for (const row of rows) if (await take(progress, reading, toLogItem(row), limit, call)) return true;
  }
  return false;
}

/** @returns whether that is enough */
async function take(progress: Progress, reading: Reading, item: LogItem, limit: FeedLimit, call: StoreCall): Promise<boolean> {
  const { place } = progress;
  const isExpired = hasExpired(item, reading);
  progress.hasGap ||= isExpired || isBeyond(item, progress);
  progress.asOfMs = item.atMs;
  const index = item.generation === place.generation && item.position === place.position ? place.index : 0;
  try {
    for await (const placed of isExpired ? [] : eventsIn(reading, item, index, call)) {
      progress.events.push(placed);
      progress.place = placed.next;
      progress.bytes += Buffer.byteLength(JSON.stringify(placed.event));
      if (progress.events.length >= limit.events || progress.bytes >= limit.bytes) return true;
    }
  } catch (error) {
    if (!(error instanceof ManifestGone)) throw error;
    progress.hasGap = true;
  }
  progress.place = behind(item);
  return false;
}

/** What is deleted only later can be read no longer all the same: what its events were made of may be gone already. */
const hasExpired = ({ atMs }: Pick<Last, 'atMs'>, { now, retentionDays }: Reading): boolean =>
  atMs + retentionDays * DAY_SECONDS * 1_000 <= now();

/** Says whether there was something between, or may have been. */
function isBeyond({ generation, position, atMs }: LogItem, { place, asOfMs }: Progress): boolean {
  if (generation === place.generation) return position > place.position;
  return generation > place.generation + 1 || position > 1 || mayBeForgotten(asOfMs, atMs);
}

/**
 * Says whether what was written down behind a place can all have been deleted when the log began anew. How long it was to be
 * kept is not known any more: the setting may have been another one.
 */
const mayBeForgotten = (asOfMs: number, begunMs: number): boolean => asOfMs + FORGOTTEN_SECONDS * 1_000 <= begunMs;

/**
 * Looks by halves: what has expired is not there any more, and counts as earlier. Where some of it was written down at this
 * time or later, under a shorter setting, the place is one before what is left, so that whoever reads on from it meets the gap.
 */
export async function since(reading: Reading, time: Date, call: StoreCall): Promise<FeedPlace> {
  const last = await findLast(reading.table, reading.now(), call);
  if (last.position === 0) return beginningOf(last);
  const { generation } = last;
  const range = { pk: partitionOf.feed(), from: keyOf.events(generation, 1).sk, limit: 1, only: ['sk'] };
  const [first] = await reading.table.all(range, call);
  let low = first === undefined ? last.position : positionIn(text(first, 'sk')).position;
  let high = last.position + 1;
  let followsMs: number | undefined;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await reading.table.get(keyOf.events(generation, middle), call);
    const atMs = row && number(row, 'atMs');
    if (row !== undefined && atMs !== undefined && atMs >= time.getTime() && !hasExpired({ atMs }, reading)) {
      high = middle;
      followsMs = optionalNumber(row, 'followsMs');
    } else low = middle + 1;
  }
  const place = { generation, position: low, index: 0 };
  return followsMs !== undefined && followsMs >= time.getTime() ? placeBefore(place) : place;
}

/** A place that is no longer there. */
const placeBefore = ({ generation, position }: FeedPlace): FeedPlace =>
  position > 1 ? { generation, position: position - 1, index: 0 } : { generation: Math.max(0, generation - 2), position: 1, index: 0 };
