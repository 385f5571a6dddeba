import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LastUses } from '../access/ports.ts';
import { anyOf, isAbsent, isBelow } from './condition.ts';
import { text } from './item.ts';
import { keyOf, rangeOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { TableClient } from './table-client.ts';
import { ignoreSuperseded, Superseded } from './write.ts';

export type LastUsesOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

const HOUR_MS = 60 * 60_000;
/** A credential that nobody has used for so long is forgotten here; the vault may still hold it. */
const KEPT_MS = 2 * 365 * 24 * HOUR_MS;

export function openLastUses({ client, tableName, ...pace }: LastUsesOptions): LastUses {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    list: async (call) => {
      const rows = await table.all({ ...rangeOf.lastUses(), only: ['credential', 'at'] }, call);
      return new Map(rows.map((row) => [text(row, 'credential'), text(row, 'at')]));
    },
    note: (credential, at, call) => {
      const attributes = { credential, at: at.toISOString(), ttl: Math.ceil((at.getTime() + KEPT_MS) / 1_000) };
      const isNews = anyOf(isAbsent, isBelow('at', beginningOfHour(at)));
      const write = { kind: 'put', key: keyOf.lastUse(credential), attributes, condition: isNews } as const;
      return ignoreSuperseded(table.execute({ writes: [{ write, onConditionFailed: () => new Superseded() }] }, call));
    },
  };
}

const beginningOfHour = (at: Date): string => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS).toISOString();
