import type { StoreCall } from '../ports.ts';
import type { StoredResource } from '../resource.ts';
import type { ChangeEvent } from './change-event.ts';

/** Where somebody stands in the log of events: the next one to read is number `index`, from 0, of the item at `position`. */
export type FeedPlace = {
  /** Counts how often the log has begun anew, because all of it had expired. */
  readonly generation: number;
  /** Counts items of one generation from 1. */
  readonly position: number;
  readonly index: number;
};

/** A place to read on from. */
export type FeedPlaceAsOf = FeedPlace & {
  /** Epoch milliseconds; what is behind the place was written down at this moment or later. Left out, it is not asked whether all of that has expired. */
  readonly asOfMs?: number;
};

/**
 * An event as it is written down. The tenant and the id are added when it is read.
 *
 * In the place of members, those of a large change: they stay in its manifest, and make an event for each 200 when they are
 * read, with parts from `part` on. So a change of any size is one entry.
 */
export type FeedEntry = Omit<ChangeEvent, 'tenant' | 'id'> & { readonly manifest?: string };

/** An event with the place behind it. */
export type PlacedEvent = { readonly event: ChangeEvent; readonly next: FeedPlace };

export type FeedRead = {
  readonly events: readonly PlacedEvent[];
  /** Where to read on. */
  readonly next: FeedPlace;
  /** There was nothing more at that moment. */
  readonly isEnd: boolean;
  /** Epoch milliseconds; what is behind `next` was written down at this moment or later. */
  readonly asOfMs: number;
  /** Events between the place asked for and the first of these have expired. */
  readonly hasGap: boolean;
};

/** How much one read takes at most; at least one event, if there is one. */
export type FeedLimit = { readonly events: number; readonly bytes: number };

/**
 * The retained log of what happened: one order for the whole tenant, in which the events of one resource follow each other
 * as its changes did. What has been read is never joined by something before it.
 *
 * All methods throw {ScimError} unavailable — the store could not be reached or stayed busy until the deadline.
 */
export interface FeedLog {
  /** Writes entries at the end, in their order; what is written in several items may be cut short by a crash. */
  append(entries: readonly FeedEntry[], call: StoreCall): Promise<void>;
  /** Reads on from a place. */
  read(from: FeedPlaceAsOf, limit: FeedLimit, call: StoreCall): Promise<FeedRead>;
  /** Where the log ends now: what is committed from now on will be behind it. */
  end(call: StoreCall): Promise<FeedPlace>;
  /** The first place at which something was written down at this time or later. */
  since(time: Date, call: StoreCall): Promise<FeedPlace>;
}

/** Tells others of events, each at least once, in no certain order. */
export interface EventBus {
  /** @throws when some were not taken, after several attempts */
  publish(events: readonly ChangeEvent[]): Promise<void>;
}

/** Some of a group's members, in the order of ids. */
export type MembersRead = {
  readonly ids: readonly string[];
  /** The id behind which to read on. */
  readonly seen: string | undefined;
  readonly isLast: boolean;
};

/** Reads the members of one group, part by part; each part costs the same, however many there are. */
export interface GroupMembers {
  /**
   * Reads on behind an id, at most so many; undefined when the group is gone.
   *
   * @throws {ScimError} unavailable — the store could not be reached or stayed busy until the deadline
   */
  read(
    group: Pick<StoredResource, 'type' | 'id' | 'change'>,
    part: { readonly after?: string | undefined; readonly limit: number },
    call: StoreCall,
  ): Promise<MembersRead | undefined>;
}

/** A message that nobody could deal with. */
export type DeadLetter = {
  /** What kind of work it asks for; undefined of one that is not for this service. */
  readonly kind: string | undefined;
  readonly body: string;
  readonly receipt: string;
};

/** What was put aside because it failed again and again. */
export interface DeadLetters {
  /** About how many there are. */
  count(): Promise<number>;
  /** Takes up to ten, none when there are no others; for some minutes nobody else is handed them. */
  take(): Promise<readonly DeadLetter[]>;
  /** Lets others be handed them at once. */
  release(letters: readonly DeadLetter[]): Promise<void>;
  /** Puts them into the work queue, and removes them here; cut short, some are in both. */
  sendBack(letters: readonly DeadLetter[]): Promise<void>;
}
