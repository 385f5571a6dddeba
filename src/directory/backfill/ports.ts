import type { BackfillPurpose, StoreCall } from '../ports.ts';
import type { IndexEntries, StoredResource } from '../resource.ts';

/** A walk over all resources of a type, which brings what is derived from each of them to what it should be now. */
export type Backfill = BackfillPurpose & {
  /** Epoch milliseconds; until then, some function may not have heard of what is to be brought about. */
  readonly beginsAtMs?: number;
  /** How many resources there were when it began. */
  readonly total?: number;
  /** The id up to which all have been seen. */
  readonly after?: string;
  readonly seen: number;
  /** Of those seen, how many had something to be written. */
  readonly changed: number;
  /** Those that cannot be brought to what they should be. */
  readonly stuck: number;
  /** The ids of the first few of them. */
  readonly stuckIds: readonly string[];
  /** ISO 8601. */
  readonly finishedAt?: string;
};

/** What one resource comes to: the keys it is found by, and its row beside what the client wrote. */
export type Renewal = {
  readonly before: StoredResource;
  /** Has the same version; what differs beside it is written. */
  readonly after: StoredResource;
  readonly entriesBefore: IndexEntries;
  readonly entriesAfter: IndexEntries;
};

/** Thrown when a backfill is another worker's by now, has been replaced by a later one, or is no longer there. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** What a worker holds: a backfill as it has just written it. */
export type Taken = { readonly backfill: Backfill; readonly worker: string };

/** Keeps the tenant's backfills, and takes their steps. */
export interface BackfillStore {
  read(name: string, call: StoreCall): Promise<Backfill | undefined>;
  list(call: StoreCall): Promise<readonly Backfill[]>;
  /**
   * Makes a backfill this worker's, with what `to` says of it: whoever had it before takes no further step.
   *
   * @throws {Overtaken}
   */
  take(to: Backfill, worker: string, call: StoreCall): Promise<Taken>;
  /**
   * Takes as many of these resources as fit one transaction, from the first on, and writes down how far it came with it.
   *
   * @throws {Overtaken}
   * @throws {StaleRead} — one of them is no longer as it was read
   */
  step(taken: Taken, renewals: readonly Renewal[], call: StoreCall): Promise<Taken>;
  /**
   * Writes down that it has come to its end, or forgets it.
   *
   * @throws {Overtaken}
   */
  end(taken: Taken, finishedAt: string | 'forgotten', call: StoreCall): Promise<void>;
}
