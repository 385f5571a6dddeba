import type { StoreCall } from '../../directory/ports.ts';
import { chunksOf } from '../at-once.ts';
import { text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import type { PlannedWrite } from '../write.ts';
import { TRANSACTION_LIMIT } from '../write-size.ts';

/** Removes the memberships that were kept for a restore: of a resource that comes from elsewhere, others hold. */
export async function giveUpKept(table: TableClient, id: string, call: StoreCall): Promise<void> {
  for (const slice of SLICES) {
    for await (const rows of table.pages({ pk: partitionOf.removedRelations(id, slice), only: ['pk', 'sk'] }, call)) {
      const writes = rows.map((row): PlannedWrite => ({ write: { kind: 'delete', key: { pk: text(row, 'pk'), sk: text(row, 'sk') } } }));
      for (const chunk of chunksOf(writes, TRANSACTION_LIMIT)) await table.execute({ writes: chunk }, call);
    }
  }
}
