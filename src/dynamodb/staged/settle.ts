import type { StoreCall } from '../../directory/ports.ts';
import { chunksOf, eachAtOnce } from '../at-once.ts';
import { number } from '../item.ts';
import { keyOf } from '../keys.ts';
import { type Pace, pauseBefore } from '../retry.ts';
import type { TableClient } from '../table-client.ts';
import { ignoreSuperseded, isSuperseded, type PlannedWrite } from '../write.ts';
import { TRANSACTION_LIMIT } from '../write-size.ts';
import { changeOf } from './change-state.ts';
import { deleteManifest, type Manifest, readManifest } from './manifest.ts';
import { type ListedChange, planClear, planFence, planUnlist } from './plan-change.ts';
import { finishAdded, finishRemoved, undoAdded, undoRemoved } from './plan-rows.ts';

/** What staging works with. */
export type Staging = { readonly table: TableClient; readonly pace: Pace };

type Change = Pick<ListedChange, 'id' | 'type' | 'groupId'>;

/** Takes the marks of a committed change away: its rows are then like any others. */
export async function finish(table: TableClient, change: Change, { added, removed }: Manifest, call: StoreCall): Promise<void> {
  const { id, groupId } = change;
  await carryOut(
    table,
    [...added.flatMap((member) => finishAdded(groupId, member, id)), ...removed.flatMap((member) => finishRemoved(groupId, member, id))],
    call,
  );
  await clear(table, change, call);
  await forget(table, change, call);
}

/**
 * Takes what was staged away, of a change that has been fenced off.
 *
 * Its manifest stays: a write of its author that is still on its way would leave a mark, which `conclude` takes away.
 */
export async function undo(table: TableClient, change: Change, { added, removed }: Manifest, call: StoreCall): Promise<void> {
  const { id, groupId } = change;
  await carryOut(
    table,
    [...added.flatMap((member) => undoAdded(groupId, member, id)), ...removed.flatMap((member) => undoRemoved(groupId, member, id))],
    call,
  );
  await clear(table, change, call);
}

/** Removes what was written to be able to go on after a crash. */
export async function forget(table: TableClient, { id, groupId }: Change, call: StoreCall): Promise<void> {
  await deleteManifest(table, groupId, id, call);
  await table.execute({ writes: [planUnlist(id)] }, call);
}

/**
 * Keeps the author of a change from committing it, for ever; false when it is committed already.
 *
 * A group that is gone, and a change that others have undone, need no fence.
 */
export async function isFenced(table: TableClient, change: Omit<ListedChange, 'until'>, call: StoreCall): Promise<boolean> {
  if (!(await isSuperseded(table.execute({ writes: [planFence(change)] }, call)))) return true;
  const row = await table.get(keyOf.resource(change.type, change.groupId), call);
  return row === undefined || changeOf(row).last !== change.id;
}

/**
 * Makes way for another change of the group: finishes the one that is committed, undoes the one whose author is gone, and
 * waits a little for one that is being staged.
 */
export async function settle({ table, pace }: Staging, type: string, groupId: string, call: StoreCall): Promise<void> {
  const row = await table.get(keyOf.resource(type, groupId), call);
  const { id, phase } = row ? changeOf(row) : {};
  if (row === undefined || id === undefined || phase === undefined) return;
  const change = { id, type, groupId };
  if (phase === 'committed') return finish(table, change, await readManifest(table, groupId, id, call), call);
  if (number(row, 'changeUntil') > pace.now()) return pauseBefore(pace, WAITING, call);
  if (phase === 'staging' && !(await isFenced(table, { ...change, kind: 'update' }, call))) return;
  await undo(table, change, await readManifest(table, groupId, id, call), call);
}

/** Waits as long as before a fifth attempt. */
const WAITING = 4;

/** Many rows in a transaction, or one by one where others have been at some of them: there, nothing is left to do. */
const carryOut = (table: TableClient, writes: readonly PlannedWrite[], call: StoreCall): Promise<void> =>
  eachAtOnce(chunksOf(writes, TRANSACTION_LIMIT), async (chunk) => {
    const isPartlyDone = await isSuperseded(table.execute({ writes: chunk }, call));
    if (isPartlyDone) await eachAtOnce(chunk, (write) => ignoreSuperseded(table.execute({ writes: [write] }, call)));
  });

const clear = (table: TableClient, { type, groupId, id }: Change, call: StoreCall): Promise<void> =>
  ignoreSuperseded(table.execute({ writes: [planClear(type, groupId, id)] }, call));
