import type { FeedEntry, FeedLog } from '../../directory/feed/ports.ts';
import type { EventValues } from '../../directory/feed/state.ts';
import type { StoreCall } from '../../directory/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { Pace } from '../retry.ts';
import type { TableClient } from '../table-client.ts';
import type { PlannedWrite } from '../write.ts';

/** What it takes to tell of resources behind what has been told of them. */
export type Telling = {
  readonly table: TableClient;
  readonly feed: GuardedLog;
  readonly registry: Registry;
  readonly values: EventValues;
  readonly pace: Pace;
};

/** The log, for those who write to it only as long as something in the table is so. */
export interface GuardedLog extends FeedLog {
  /**
   * Writes entries that fit into one item, in one transaction with these writes.
   *
   * @throws what the failed condition of one of these writes means
   */
  appendWith(entries: readonly FeedEntry[], together: readonly PlannedWrite[], call: StoreCall): Promise<void>;
}

/** What was to be told is not so any more, or somebody else has told it. */
export class NoLongerSo extends Error {
  override readonly name = 'NoLongerSo';
}

/** Writes to the log, if there is anything to tell, and says whether what it is told of was still so. */
export const isTold = (
  { feed, table }: Telling,
  entries: readonly FeedEntry[],
  together: readonly PlannedWrite[],
  call: StoreCall,
): Promise<boolean> =>
  (entries.length === 0 ? table.execute({ writes: together }, call) : feed.appendWith(entries, together, call)).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof NoLongerSo)) throw error;
      return false;
    },
  );
