import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, MalformedItem, number, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import { changeOf } from './change-state.ts';
import { readManifest } from './manifest.ts';
import type { ListedChange } from './plan-change.ts';
import { finish, forget, isFenced, type Staging, undo } from './settle.ts';

/** How many listed changes are looked at when one more is finished. */
const LOOKED_AT = 10;
/** By then an author who lost the lease has been woken up, or never will. */
const LATE_MS = 15 * 60_000;

/**
 * Finishes or undoes changes whose authors are gone, wherever they broke off: nobody else may ever come to their groups.
 *
 * It is also what takes away the marks of an author who woke up late.
 */
export async function tidyChanges({ table, pace }: Staging, call: StoreCall): Promise<void> {
  const rows = await table.all({ pk: partitionOf.changes(), limit: LOOKED_AT }, call);
  for (const row of rows) {
    const listed = toListed(row);
    if (listed.until + LATE_MS < pace.now()) await conclude({ table, pace }, listed, call);
  }
}

async function conclude({ table }: Staging, listed: ListedChange, call: StoreCall): Promise<void> {
  const manifest = await readManifest(table, listed.groupId, listed.id, call);
  if (await isFenced(table, listed, call)) {
    await undo(table, listed, manifest, call);
    return forget(table, listed, call);
  }
  const row = await table.get(keyOf.resource(listed.type, listed.groupId), call);
  if (row && changeOf(row).last === listed.id) await finish(table, listed, manifest, call);
}

function toListed(row: Attributes): ListedChange {
  const kind = text(row, 'kind');
  if (kind !== 'update' && kind !== 'create') throw new MalformedItem('a large change is of no known kind');
  return { id: text(row, 'sk'), type: text(row, 'type'), groupId: text(row, 'groupId'), kind, until: number(row, 'until') };
}
