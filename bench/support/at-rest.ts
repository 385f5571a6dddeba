import { setTimeout as pause } from 'node:timers/promises';
import { contradictions } from '../../test/support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../../test/support/dynamodb-table.ts';
import type { Table } from './server.ts';

const SETTLES_WITHIN_MS = 60_000;

/**
 * Waits until the server's worker has done all that requests have left for afterwards, and says where the items of its
 * table contradict each other then.
 */
export async function contradictionsAtRest(table: Table, withinMs = SETTLES_WITHIN_MS): Promise<readonly string[]> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const found = contradictions(withoutDeadChanges(await readTable(table.client, table.tableName)));
    if (found.length === 0 || Date.now() > giveUpAt) return found;
    await pause(500);
  }
}

/**
 * Leaves out the rows of large changes that died before they were committed: they count for nobody, and the worker lets
 * their author be gone for ten minutes before it takes them away.
 */
function withoutDeadChanges(items: readonly RawItem[]): readonly RawItem[] {
  const committed = new Set(items.map(({ lastChangeId }) => lastChangeId?.S));
  const dead = new Set(items.flatMap(({ pk, sk }) => (pk?.S === 'Change' && !committed.has(sk?.S) ? [`+${sk?.S}`] : [])));
  return items.filter(({ change }) => !dead.has(change?.S ?? ''));
}
