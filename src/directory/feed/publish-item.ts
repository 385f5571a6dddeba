import type { StoreCall } from '../ports.ts';
import type { EventBus, FeedLog, FeedPlace, PlacedEvent } from './ports.ts';
import { shownAs } from './shown.ts';
import type { EventValues } from './state.ts';

/** What is read and sent at once. */
const STEP = { events: 100, bytes: 1024 * 1024 } as const;

export type Publishing = {
  readonly feed: Pick<FeedLog, 'read'>;
  readonly bus: EventBus;
  readonly values: EventValues;
  readonly hasTime: (call: StoreCall) => boolean;
};

/**
 * Sends the events of one item of the log to the bus, from a place on; says how many they were, and where to go on when time
 * is up. What has expired meanwhile is told to nobody any more.
 */
export async function publishItem(
  { feed, bus, values, hasTime }: Publishing,
  from: FeedPlace,
  call: StoreCall,
): Promise<{ readonly published: number; readonly next?: FeedPlace }> {
  let [place, published] = [from, 0];
  while (hasTime(call)) {
    const { events, hasGap } = await feed.read(place, STEP, call);
    const own = hasGap ? [] : events.slice(0, lengthWithin(events, from));
    await bus.publish(own.map(({ event }) => shownAs(values, event)));
    published += own.length;
    const next = own.at(-1)?.next;
    if (next === undefined || !isWithin(next, from)) return { published };
    place = next;
  }
  return { published, next: place };
}

const isWithin = (place: FeedPlace, item: FeedPlace): boolean => place.generation === item.generation && place.position === item.position;

/** The last event of an item is the first with a place behind it. */
function lengthWithin(events: readonly PlacedEvent[], item: FeedPlace): number {
  const last = events.findIndex(({ next }) => !isWithin(next, item));
  return last < 0 ? events.length : last + 1;
}
