import { setTimeout as pause } from 'node:timers/promises';
import { drain } from '../../test/support/drain.ts';
import { contradictions } from '../../test/support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../../test/support/dynamodb-table.ts';
import type { Table } from './server.ts';

const SETTLES_WITHIN_MS = 60_000;

/**
 * Waits until all that requests have left for afterwards is done, and says where the items contradict each other then.
 *
 * A worker may be at it at this moment, so they are looked at again for a while before they are believed.
 */
export async function contradictionsAtRest(table: Table, withinMs = SETTLES_WITHIN_MS): Promise<readonly string[]> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    await drain(table);
    const found = contradictions(withoutDeadChanges(await readTable(table.client, table.tableName)));
    if (found.length === 0 || Date.now() > giveUpAt) return found;
    await pause(500);
  }
}

/**
 * Leaves out the rows of large changes that died before they were committed: they count for nobody, and are cleared away
 * by whoever makes a large change a quarter of an hour later.
 */
function withoutDeadChanges(items: readonly RawItem[]): readonly RawItem[] {
  const committed = new Set(items.map(({ lastChangeId }) => lastChangeId?.S));
  const dead = new Set(items.flatMap(({ pk, sk }) => (pk?.S === 'Change' && !committed.has(sk?.S) ? [`+${sk?.S}`] : [])));
  return items.filter(({ change }) => !dead.has(change?.S ?? ''));
}
