import type { StoreCall } from '../../ports.ts';
import type { ChangeEvent } from '../change-event.ts';
import type { FeedPlace, PlacedEvent } from '../ports.ts';
import { shownAs } from '../shown.ts';
import type { FeedAdministration } from './administration.ts';
import { isBehind } from './place.ts';
import type { Selected } from './select.ts';

/** Read at once where most of it may be about others. */
const PAGE_EVENTS = 1_000;
/** Of one read; two of them stay within the 6 MB that Lambda's answer may have. */
const ANSWER_BYTES = 2_000_000;
/** The request's last part, in which nothing more is read. */
const ANSWER_MS = 8_000;

export type Gathered = {
  readonly events: readonly ChangeEvent[];
  readonly next: FeedPlace;
  /** There is nothing more of what is meant, or was not at that moment. */
  readonly isEnd: boolean;
  readonly hasGap: boolean;
};

type Source = Pick<FeedAdministration, 'log' | 'now' | 'settings'>;

/** Reads the events that are meant, until there are enough, or the log or the time is at its end. */
export async function gather(
  { log, now, settings: { values } }: Source,
  { from, isLate, end, isWanted }: Selected,
  count: number,
  call: StoreCall,
): Promise<Gathered> {
  const events: ChangeEvent[] = [];
  let [place, hasGap] = [from, isLate];
  for (;;) {
    const read = await log.read(place, { events: PAGE_EVENTS, bytes: ANSWER_BYTES }, call);
    hasGap ||= read.hasGap;
    const within = read.events
      .filter(({ next }) => end === undefined || !isBehind(next, end))
      .map(({ event, next }) => ({ event: shownAs(values, event), next }));
    const full = addWanted(events, within, isWanted, count);
    if (full !== undefined) return { events, next: full, isEnd: false, hasGap };
    const isOver = end !== undefined && !isBehind(end, read.next);
    place = isOver ? end : read.next;
    if (isOver || read.isEnd) return { events, next: place, isEnd: true, hasGap };
    if (now() > call.deadlineMs - ANSWER_MS) return { events, next: place, isEnd: false, hasGap };
  }
}

/** Adds in place what is meant; returns where to go on when there are enough. */
function addWanted(
  events: ChangeEvent[],
  read: readonly PlacedEvent[],
  isWanted: Selected['isWanted'],
  count: number,
): FeedPlace | undefined {
  let bytes = Buffer.byteLength(JSON.stringify(events));
  for (const { event, next } of read) {
    if (!isWanted(event)) continue;
    events.push(event);
    bytes += Buffer.byteLength(JSON.stringify(event));
    if (events.length === count || bytes > ANSWER_BYTES) return next;
  }
  return undefined;
}
