import type { StoreCall } from '../../access/ports.ts';

/** What has been counted of one application's disables and removals, by the slot of time they fell into. */
export type BrakeState = {
  readonly counts: ReadonlyMap<number, number>;
  /** Another one whenever counts were dropped; undefined as long as nothing was counted. */
  readonly generation: number | undefined;
  /** ISO 8601: since when it holds. */
  readonly trippedAt: string | undefined;
  /** Epoch milliseconds: until then it lets everything through, uncounted. */
  readonly releasedUntilMs: number | undefined;
};

/** One disable or removal, to be counted in the transaction that makes it. */
export type CountedRemoval = {
  readonly application: string;
  /** What it was decided on. */
  readonly state: BrakeState;
  readonly slot: number;
  /** Slots too long ago to count. */
  readonly expired: readonly number[];
  readonly limit: number;
  /** Epoch seconds: nothing of it counts any more. */
  readonly until: number;
};

/** Keeps what the brakes of a tenant's applications have counted. */
export interface RemovalBrakes {
  read(application: string, call: StoreCall): Promise<BrakeState>;
  /** Notes that the brake holds; says whether nobody had yet. */
  trip(application: string, at: Date, call: StoreCall): Promise<boolean>;
  /** Begins to count anew, at the end of a time that lets everything through. */
  release(application: string, times: { readonly at: Date; readonly until: Date }, call: StoreCall): Promise<void>;
}
