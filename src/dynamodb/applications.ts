import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Application, applicationSchema } from '../access/application.ts';
import type { ApplicationRepository } from '../access/ports.ts';
import { isAbsent } from './condition.ts';
import { type Attributes, document } from './item.ts';
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
        await table.execute(planCreateApplication(application, randomUUID()), call);
        return true;
      } catch (error) {
        if (error instanceof Superseded) return false;
        throw error;
      }
    },
  };
}

function planCreateApplication({ key, title, policy, createdAt }: Application, writeId: string): WritePlan {
  const attributes = { title, policy: JSON.stringify(policy), createdAt, writeId };
  return {
    writes: [
      { write: { kind: 'put', key: keyOf.application(key), attributes, condition: isAbsent }, onConditionFailed: () => new Superseded() },
    ],
    writeId,
  };
}

const toApplication = (key: string, row: Attributes): Application =>
  applicationSchema.parse({ ...row, key, policy: document(row, 'policy') });
