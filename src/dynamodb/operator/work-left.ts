import type { WorkLeft } from '../../directory/operator/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { text } from '../item.ts';
import { isId, partitionOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';

/** Counts what is announced and not done; an outbox item that only waits for its end is done. */
export async function workLeft(table: TableClient, types: readonly string[], call: StoreCall): Promise<WorkLeft> {
  const countIn = async (pk: string): Promise<number> => {
    const rows = await table.all({ pk, only: ['sk', 'ttl'] }, call);
    return rows.filter((row) => isId(text(row, 'sk')) && row['ttl'] === undefined).length;
  };
  const sum = async (partitions: readonly string[]): Promise<number> =>
    (await Promise.all(partitions.map(countIn))).reduce((total, count) => total + count, 0);
  const [announced, restored, changes] = await Promise.all([
    sum(types.map(partitionOf.outbox)),
    sum(types.map(partitionOf.restored)),
    table.all({ pk: partitionOf.changes(), only: ['sk'] }, call),
  ]);
  return { announced, restored, changes: changes.length };
}
