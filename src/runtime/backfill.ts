import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Backfilling, performBackfill } from '../directory/backfill/perform-backfill.ts';
import type { StoreCall, WorkDone } from '../directory/ports.ts';
import { openBackfillStore } from '../dynamodb/backfill/store.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import type { Registry } from '../scim/schema/resource-type.ts';

type Options = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly registry: Registry;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** What each kind of backfill comes to, by the first word of their names. */
export type BackfillTasks = Readonly<Record<string, Backfilling['taskOf']>>;

/** Performs backfills of every kind. One of a kind that this version does not know is no longer wanted. */
export const backfillPerformer =
  (tasks: BackfillTasks, { now, ...table }: Options) =>
  (name: string, call: StoreCall): Promise<WorkDone> =>
    performBackfill(
      {
        backfills: openBackfillStore({ ...table, now }),
        directory: openDirectoryStore({ ...table, now }),
        taskOf: async (backfill, ofCall) => tasks[name.split('/', 1)[0] ?? '']?.(backfill, ofCall),
        newWorker: randomUUID,
        now,
      },
      name,
      call,
    );
