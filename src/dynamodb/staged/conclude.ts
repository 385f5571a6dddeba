import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, MalformedItem, number, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { changeOf } from './change-state.ts';
import { type Manifest, ManifestGone, readManifest, readWholeManifest } from './manifest.ts';
import type { ListedChange } from './plan-change.ts';
import { finish, forget, isFenced, type Staging, undo } from './settle.ts';

/** By then an author who lost the lease has been woken up, or never will. */
const LATE_MS = 10 * 60_000;

/** What became of a listed change: how many members it was finished or undone for, and how long it is to be left alone yet. */
export type Conclusion = { readonly rows: number; readonly waitMs?: number };

/**
 * Finishes a large change that is committed, and undoes one whose author is gone, wherever that broke off: nobody else may
 * ever come to its group.
 *
 * It is also what takes away the marks of an author who woke up late.
 */
export async function conclude({ table, pace }: Staging, changeId: string, call: StoreCall): Promise<Conclusion> {
  const row = await table.get(keyOf.change(changeId), call);
  if (row === undefined) return { rows: 0 };
  const listed = toListed(row);
  const isCommitted = text(row, 'changePhase') === 'committed';
  const waitMs = listed.until + LATE_MS - pace.now();
  if (!isCommitted && waitMs > 0) return { rows: 0, waitMs };
  const isUndone = !isCommitted && (await isFenced(table, listed, call));
  const manifest = await (isUndone ? readManifest : readToFinish)(table, listed, call);
  if (isUndone) await undo(table, listed, manifest, call);
  else await finish(table, listed, manifest, call);
  await forget(table, changeId, call);
  return { rows: manifest.added.length + manifest.removed.length };
}

/** Where the group is through with the change, nothing has its marks any more, manifest or not. */
async function readToFinish(table: TableClient, change: ListedChange, call: StoreCall): Promise<Manifest> {
  try {
    return await readWholeManifest(table, change, call);
  } catch (error) {
    const group = await table.get(keyOf.resource(change.type, change.groupId), call);
    if (!(error instanceof ManifestGone) || (group && changeOf(group).id === change.id)) throw error;
    return { added: [], removed: [] };
  }
}

function toListed(row: Attributes): ListedChange {
  const kind = text(row, 'kind');
  if (kind !== 'update' && kind !== 'create') throw new MalformedItem('a large change is of no known kind');
  return { id: text(row, 'sk'), type: text(row, 'type'), groupId: text(row, 'groupId'), kind, until: number(row, 'until') };
}
