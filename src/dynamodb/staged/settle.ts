import type { StoreCall } from '../../directory/ports.ts';
import { chunksOf, eachAtOnce } from '../at-once.ts';
import { number, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import { type Pace, pauseBefore } from '../retry.ts';
import type { TableClient } from '../table-client.ts';
import { ignoreSuperseded, isSuperseded } from '../write.ts';
import { TRANSACTION_LIMIT } from '../write-size.ts';
import { changeOf } from './change-state.ts';
import { type Manifest, readManifest, readWholeManifest } from './manifest.ts';
import { markIn } from './marks.ts';
import { type ListedChange, planClear, planFence, planUnlist } from './plan-change.ts';
import { finishAdded, finishRemoved, type MarkedRow, undoAdded, undoRemoved } from './plan-rows.ts';

/** What staging works with. */
export type Staging = { readonly table: TableClient; readonly pace: Pace };

type Change = Pick<ListedChange, 'id' | 'type' | 'groupId'>;

/** Takes the marks of a committed change away: its rows are then like any others. */
export async function finish(table: TableClient, change: Change, manifest: Manifest, call: StoreCall): Promise<void> {
  await carryOut(table, finished(change, manifest), call);
  await clear(table, change, call);
}

/** The same for who finds the change committed, while a worker may be at it: begun at the other end, and looked at first. */
async function helpToFinish(table: TableClient, change: Change, manifest: Manifest, call: StoreCall): Promise<void> {
  await eachAtOnce(chunksOf(finished(change, manifest), TRANSACTION_LIMIT).toReversed(), async (chunk) =>
    carryOut(table, await stillMarked(table, chunk, call), call),
  );
  await clear(table, change, call);
  await forget(table, change.id, call);
}

const finished = ({ id, groupId }: Change, { added, removed }: Manifest): readonly MarkedRow[] => [
  ...added.flatMap((member) => finishAdded(groupId, member, id)),
  ...removed.flatMap((member) => finishRemoved(groupId, member, id)),
];

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

/** Takes it from the list of what is to be gone on with after a crash; its manifest ends by itself. */
export const forget = (table: TableClient, changeId: string, call: StoreCall): Promise<void> =>
  table.execute({ writes: [planUnlist(changeId)] }, call);

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
  if (phase === 'committed') return helpToFinish(table, change, await readWholeManifest(table, change, call), call);
  if (number(row, 'changeUntil') > pace.now()) return pauseBefore(pace, WAITING, call);
  if (phase === 'staging' && !(await isFenced(table, { ...change, kind: 'update' }, call))) return;
  await undo(table, change, await readManifest(table, change, call), call);
}

/** Waits as long as before a fifth attempt. */
const WAITING = 4;

/**
 * Many rows in a transaction. Where others have been at some of them, as whoever else finishes the same change, those that
 * still have their marks are looked for, and done in another one.
 */
const carryOut = (table: TableClient, rows: readonly MarkedRow[], call: StoreCall): Promise<void> =>
  eachAtOnce(chunksOf(rows, TRANSACTION_LIMIT), async (chunk) => {
    let left = chunk;
    while (await isSuperseded(table.execute({ writes: left.map(({ planned }) => planned) }, call))) {
      left = await stillMarked(table, left, call);
    }
  });

async function stillMarked(table: TableClient, rows: readonly MarkedRow[], call: StoreCall): Promise<readonly MarkedRow[]> {
  const found = await table.getMany(
    rows.map(({ key }) => key),
    call,
  );
  const marks = new Set(found.map((row) => `${text(row, 'pk')}\n${text(row, 'sk')}\n${markIn(row)}`));
  return rows.filter(({ key, mark }) => marks.has(`${key.pk}\n${key.sk}\n${mark}`));
}

const clear = (table: TableClient, { type, groupId, id }: Change, call: StoreCall): Promise<void> =>
  ignoreSuperseded(table.execute({ writes: [planClear(type, groupId, id)] }, call));
