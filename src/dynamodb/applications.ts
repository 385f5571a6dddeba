import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Application, applicationSchema } from '../access/application.ts';
import type { ApplicationRepository, StoreCall } from '../access/ports.ts';
import { type Condition, isAbsent, isEqual } from './condition.ts';
import { type Attributes, document, text } from './item.ts';
import { keyOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { TableClient } from './table-client.ts';
import { Superseded, type WritePlan } from './write.ts';

export type ApplicationRepositoryOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

export function openApplicationRepository({ client, tableName, ...pace }: ApplicationRepositoryOptions): ApplicationRepository {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    find: async (key, call) => {
      const row = await table.get(keyOf.application(key), call);
      return row && toApplication(key, row);
    },
    create: async (application, call) => {
      try {
        await table.execute(planPut(application, randomUUID(), isAbsent), call);
        return true;
      } catch (error) {
        if (error instanceof Superseded) return false;
        throw error;
      }
    },
    change: (key, decide, call) => change(table, key, decide, call),
  };
}

/** Every write leaves another `writeId`: the one that was read is what the write is conditional on. */
async function change(
  table: TableClient,
  key: string,
  decide: (current: Application | undefined) => Application,
  call: StoreCall,
): Promise<Application> {
  for (;;) {
    const row = await table.get(keyOf.application(key), call);
    const next = decide(row && toApplication(key, row));
    try {
      await table.execute(planPut(next, randomUUID(), row === undefined ? isAbsent : isEqual('writeId', text(row, 'writeId'))), call);
      return next;
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

function planPut({ key, title, policy, createdAt }: Application, writeId: string, condition: Condition): WritePlan {
  const attributes = { title, policy: JSON.stringify(policy), createdAt, writeId };
  return {
    writes: [{ write: { kind: 'put', key: keyOf.application(key), attributes, condition }, onConditionFailed: () => new Superseded() }],
    writeId,
  };
}

const toApplication = (key: string, row: Attributes): Application =>
  applicationSchema.parse({ ...row, key, policy: document(row, 'policy') });
