import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type BackfillStore, Overtaken } from '../../directory/backfill/ports.ts';
import { isEqual } from '../condition.ts';
import { BACKFILLS, keyOf, partitionOf } from '../keys.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { TableClient } from '../table-client.ts';
import type { Write } from '../write.ts';
import { planStep, planTake } from './plan-step.ts';
import { toBackfill } from './rows.ts';

export type BackfillStoreOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

/** Keeps each backfill in an item of its own among the settings. */
export function openBackfillStore({ client, tableName, ...pace }: BackfillStoreOptions): BackfillStore {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    read: async (name, call) => {
      const row = await table.get(keyOf.backfill(name), call);
      return row && toBackfill(row);
    },
    list: async (call) => (await table.all({ pk: partitionOf.settings(), ...BACKFILLS }, call)).map(toBackfill),
    take: async (backfill, worker, call) => {
      await table.execute({ writes: [planTake(backfill, worker)] }, call);
      return { backfill, worker };
    },
    step: async (taken, renewals, call) => {
      const { plan, reached } = planStep(taken, renewals, randomUUID());
      await table.execute(plan, call);
      return { ...taken, backfill: reached };
    },
    end: async ({ backfill: { name }, worker }, finishedAt, call) => {
      const at = { key: keyOf.backfill(name), condition: isEqual('worker', worker) };
      const write: Write = finishedAt === 'forgotten' ? { kind: 'delete', ...at } : { kind: 'update', ...at, set: { finishedAt } };
      await table.execute({ writes: [{ write, onConditionFailed: () => new Overtaken() }] }, call);
    },
  };
}
