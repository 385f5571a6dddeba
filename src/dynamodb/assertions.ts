import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AssertionLedger } from '../access/oauth/ports.ts';
import { isAbsent } from './condition.ts';
import { keyOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { TableClient } from './table-client.ts';
import { isSuperseded, Superseded } from './write.ts';

export type AssertionLedgerOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

/** Remembers assertions as items that end by themselves, once the assertions are refused for their age. */
export function openAssertionLedger({ client, tableName, ...pace }: AssertionLedgerOptions): AssertionLedger {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    use: async (issuer, assertionId, forgetAt, call) => {
      const writeId = randomUUID();
      const write = {
        kind: 'put',
        key: keyOf.assertion(issuer, assertionId),
        attributes: { writeId, ttl: forgetAt },
        condition: isAbsent,
      } as const;
      return !(await isSuperseded(table.execute({ writes: [{ write, onConditionFailed: () => new Superseded() }], writeId }, call)));
    },
  };
}
