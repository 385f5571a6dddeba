import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type SchemaStore, StaleRead } from '../directory/ports.ts';
import { planAnnounce } from './backfill/plan-step.ts';
import { isAbsent, isEqual } from './condition.ts';
import { keyOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import type { ReadSettings } from './settings-reader.ts';
import { TableClient } from './table-client.ts';

export type SchemaStoreOptions = Partial<Pace> & {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  /** Shared with others that read settings, so that they go in one call. */
  readonly readSettings?: ReadSettings;
};

/** Keeps all schemas of the tenant in one item, so that a change of them is one write on condition of the version read. */
export function openSchemaStore({ client, tableName, readSettings, ...pace }: SchemaStoreOptions): SchemaStore {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  const key = keyOf.schemas();
  return {
    read: async (call) => {
      const row = await (readSettings ? readSettings(key, call) : table.get(key, call));
      if (row === undefined) return undefined;
      const { version, text } = row;
      return { version: typeof version === 'number' ? version : 0, text: typeof text === 'string' ? text : '' };
    },
    write: async ({ version, text }, call, announced) => {
      const writeId = randomUUID();
      const condition = version === 1 ? isAbsent : isEqual('version', version - 1);
      const write = { kind: 'put', key, attributes: { version, text, writeId }, condition } as const;
      const writes = [{ write, onConditionFailed: () => new StaleRead() }, ...(announced ? [planAnnounce(announced)] : [])];
      await table.execute({ writes, writeId }, call);
    },
  };
}
