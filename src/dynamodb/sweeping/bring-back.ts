import type { StoreCall } from '../../directory/ports.ts';
import { eachAtOnce } from '../at-once.ts';
import { type Attributes, number, optionalNumber, optionalText, text } from '../item.ts';
import { keyOf, partitionOf, SLICES } from '../keys.ts';
import { readAlive as readAliveTypes } from '../relations.ts';
import { isKept } from '../removed.ts';
import { toResource } from '../rows.ts';
import { ignoreSuperseded, isSuperseded } from '../write.ts';
import {
  type CurrentGroup,
  planKeepFor,
  planLeave,
  planReturn,
  planReturned,
  planTold,
  RETURN_BATCH,
  type Returning,
  TOLD_UP_TO,
  type Waiting,
} from './plan-return.ts';
import type { Announced, Kept } from './plan-sweep.ts';
import { hasTime, type Progress, type Sweeping } from './sweeping.ts';
import { ALL_TOLD, tellWhoStayed } from './tell-who-stayed.ts';

const FROM_EACH_SLICE = RETURN_BATCH / SLICES.length;

/**
 * Brings back the memberships that were swept before their resource was restored, after it has told of those that were not:
 * these counted again at once, and nothing has said so.
 *
 * Those with another end that is removed, too, wait for that one. One in a group that is just being changed is left for
 * another time.
 */
export async function bringBack(sweeping: Sweeping, restored: Announced, call: StoreCall): Promise<Progress> {
  const { table } = sweeping;
  const announcement = await table.get(keyOf.restored(restored.type, restored.id), call);
  if (announcement === undefined) return { rows: 0, isDone: true };
  const restoredVersion = number(announcement, 'restoredVersion');
  const before = optionalText(announcement, TOLD_UP_TO);
  const toldUpTo = await tellWhoStayed(sweeping, restored, before, call);
  const progress = toldUpTo === ALL_TOLD ? await bringSwept(sweeping, restored, restoredVersion, call) : { rows: 0, isDone: false };
  if (!progress.isDone && toldUpTo !== undefined && toldUpTo !== before)
    await ignoreSuperseded(table.execute({ writes: [planTold(restored, restoredVersion, toldUpTo)] }, call));
  return progress;
}

async function bringSwept(sweeping: Sweeping, restored: Announced, restoredVersion: number, call: StoreCall): Promise<Progress> {
  const { table } = sweeping;
  let rows = 0;
  while (hasTime(sweeping, call)) {
    const kept = await readKept(sweeping, restored.id, call);
    const own = (await readAlive(sweeping, [restored.id], call)).get(restored.id);
    if (kept.length === 0 || own === undefined) {
      if (own === undefined) rows += await keepAsLong(sweeping, restored, call);
      await ignoreSuperseded(table.execute({ writes: [planReturned(restored, restoredVersion)] }, call));
      return { rows, isDone: true };
    }
    const moved = await bringBatch(sweeping, restored, own, kept, call);
    rows += moved;
    if (moved === 0) break;
  }
  return { rows, isDone: false };
}

/** Removed again before all were back: those that are left are kept for as long as the resource is now. */
async function keepAsLong({ table }: Sweeping, { type, id }: Announced, call: StoreCall): Promise<number> {
  const tombstone = await table.get(keyOf.tombstone(type, id), call);
  if (tombstone === undefined) return 0;
  const ttl = optionalNumber(tombstone, 'ttl');
  const slices = await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.removedRelations(id, slice) }, call)));
  const others = slices.flat().filter((row) => row['ttl'] !== ttl);
  await eachAtOnce(others, (row) => ignoreSuperseded(table.execute({ writes: [planKeepFor(row, ttl)] }, call)));
  return others.length;
}

async function readKept({ table }: Sweeping, id: string, call: StoreCall): Promise<readonly Kept[]> {
  const slices = await Promise.all(
    SLICES.map((slice) => table.all({ pk: partitionOf.removedRelations(id, slice), limit: FROM_EACH_SLICE }, call)),
  );
  return slices.flat().map((row) => {
    const [role, other = ''] = text(row, 'sk').split('#');
    return { role: role === 'Group' ? 'Group' : 'Member', other, display: optionalText(row, 'display') };
  });
}

/** A resource that is there, as it is now; a group with its name. */
type Current = { readonly type: string; readonly group?: CurrentGroup };

/** All together if nothing stands in the way, else one by one; how many are dealt with, by this worker or by another one. */
async function bringBatch(sweeping: Sweeping, restored: Announced, own: Current, kept: readonly Kept[], call: StoreCall): Promise<number> {
  const { table } = sweeping;
  const others = await readAlive(
    sweeping,
    kept.map(({ other }) => other),
    call,
  );
  const returning = kept.flatMap((one) => toReturning(restored, own, one, others.get(one.other)) ?? []);
  const isReturning = new Set(returning.map((one) => one.kept));
  const left = await countDone(
    kept.filter((one) => !isReturning.has(one)),
    async (one) => table.execute(planLeave(restored, one, await waitingOf(sweeping, one, call)), call),
  );
  if (returning.length === 0) return left;
  if (!(await isSuperseded(table.execute(planReturn(restored, returning), call)))) return left + returning.length;
  const still = await table.getMany(
    returning.map(({ kept: { role, other } }) => keyOf.removedRelation(restored.id, role, other)),
    call,
  );
  if (still.length < returning.length) return left + returning.length - still.length;
  return left + (await countDone(returning, (one) => table.execute(planReturn(restored, [one]), call)));
}

async function countDone<Value>(values: readonly Value[], work: (value: Value) => Promise<void>): Promise<number> {
  let done = 0;
  for (const value of values) if (!(await isSuperseded(work(value)))) done += 1;
  return done;
}

/** Groups by their rows, which say their names; of anything else it is enough that it is alive. */
async function readAlive({ table, types }: Sweeping, ids: readonly string[], call: StoreCall): Promise<ReadonlyMap<string, Current>> {
  const typeOf = await readAliveTypes(table, ids, call);
  const groupKeys = [...typeOf].filter(([, type]) => types.isGroup(type)).map(([id, type]) => keyOf.resource(type, id));
  const groupRows = new Map((await table.getMany(groupKeys, call)).map((row) => [text(row, 'sk'), row]));
  return new Map(
    [...typeOf].map(([id, type]): readonly [string, Current] => {
      const row = groupRows.get(id);
      return [id, { type, ...(row && { group: currentGroup(type, row, types.nameOf) }) }];
    }),
  );
}

function currentGroup(type: string, row: Attributes, nameOf: Sweeping['types']['nameOf']): CurrentGroup {
  const group = toResource(type, row);
  return { type, id: group.id, display: nameOf(group), nameVersion: group.nameVersion ?? 1 };
}

function toReturning({ type, id }: Announced, own: Current, kept: Kept, other: Current | undefined): Returning | undefined {
  if (other === undefined) return undefined;
  const group = kept.role === 'Group' ? other.group : own.group;
  if (group === undefined) return undefined;
  return kept.role === 'Group'
    ? { kept, group, memberId: id, memberType: type }
    : { kept, group, memberId: kept.other, memberType: other.type };
}

/** Whether the other end is removed and may be restored yet: as a group, or as anything that can be a member. */
async function waitingOf({ table, types, pace }: Sweeping, kept: Kept, call: StoreCall): Promise<Waiting | undefined> {
  const candidates = kept.role === 'Group' ? types.groups : types.all;
  for (const otherType of candidates) {
    const row = await table.get(keyOf.tombstone(otherType, kept.other), call);
    if (row && isKept(row, pace.now())) return { kept, otherType, ttl: optionalNumber(row, 'ttl') };
  }
  return undefined;
}
