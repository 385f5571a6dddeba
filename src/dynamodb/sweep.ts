import type { StoreCall } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { type Attributes, optionalNumber, optionalText, text } from './item.ts';
import { ALIVE, partitionOf, SLICES } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { type Leftover, planForget, planRemovedSweep, planRenamedRow, planRenameSwept, SWEEP_BATCH } from './plan-sweep.ts';
import { counts, countsWhenDead } from './staged/marks.ts';
import { settledGroups } from './staged/read-rows.ts';
import type { TableClient } from './table-client.ts';
import { ignoreSuperseded, type PlannedWrite } from './write.ts';

/** What one request sweeps itself; the outbox item of more stays, and readers look there. */
const INLINE_LIMIT = 100;
/** How many outbox items are looked at, and how many removed, when one more is written. */
const TIDY = { lookedAt: 40, removed: 10 } as const;

export type Sweeping = {
  readonly table: TableClient;
  readonly types: MembershipTypes;
  readonly now: () => number;
  readonly keptUntil: (nowMs: number) => number;
};

/**
 * Clears away the memberships of a resource that was just removed.
 *
 * Nothing can be added to it any more, so what is read now is all there is.
 */
export async function sweepRemoved(sweeping: Sweeping, removed: StoredResource, call: StoreCall): Promise<void> {
  const { table, now, keptUntil } = sweeping;
  for (let swept = 0; swept < INLINE_LIMIT; swept += SWEEP_BATCH) {
    const leftovers = await readLeftovers(sweeping, removed, call);
    const isLast = leftovers.length < SWEEP_BATCH;
    const nowMs = now();
    await ignoreSuperseded(table.execute(planRemovedSweep(removed, leftovers, { isLast, nowMs, keptUntil: keptUntil(nowMs) }), call));
    if (isLast) return;
  }
}

/** Carries a group's new name to the rows of its members. */
export async function sweepRenamed({ table, now }: Sweeping, renamed: StoredResource, display: string, call: StoreCall): Promise<void> {
  const slices = await Promise.all(
    SLICES.map((slice) => table.all({ pk: partitionOf.members(renamed.id, slice), limit: INLINE_LIMIT + 1, only: ['sk'] }, call)),
  );
  const memberIds = slices.flat().map((row) => text(row, 'sk'));
  if (memberIds.length > INLINE_LIMIT) return;
  await each(
    table,
    call,
    memberIds.map((memberId) => planRenamedRow(memberId, renamed.id, display, renamed.version)),
  );
  await each(table, call, [planRenameSwept(renamed, renamed.version, now())]);
}

/** Removes a few outbox items that were swept long ago: the table's own TTL may take days, and readers pay for each. */
export async function tidyOutbox({ table, now }: Sweeping, type: string, call: StoreCall): Promise<void> {
  const rows = await table.all({ pk: partitionOf.outbox(type), limit: TIDY.lookedAt }, call);
  const nowMs = now();
  const isOver = (ttl: number | undefined): boolean => ttl !== undefined && ttl * 1_000 < nowMs;
  const over = rows.filter((row) => isOver(optionalNumber(row, 'ttl'))).slice(0, TIDY.removed);
  await each(
    table,
    call,
    over.map((row) => planForget(type, text(row, 'sk'), nowMs)),
  );
}

async function readLeftovers(
  { table, types }: Sweeping,
  { type, id, change = {} }: StoredResource,
  call: StoreCall,
): Promise<readonly Leftover[]> {
  const limit = SWEEP_BATCH;
  const [groups, ...slices] = await Promise.all([
    table.all({ pk: partitionOf.groups(id), after: ALIVE, limit }, call),
    ...(types.isGroup(type) ? SLICES : []).map((slice) => table.all({ pk: partitionOf.members(id, slice), limit }, call)),
  ]);
  const settled = new Set((await settledGroups(table, groups, call)).map((row) => text(row, 'sk')));
  return [
    ...groups.map((row) => leftover('Group', row, settled.has(text(row, 'sk')))),
    ...slices.flat().map((row) => leftover('Member', row, counts(row, change) ?? countsWhenDead(row))),
  ].slice(0, SWEEP_BATCH);
}

const leftover = (role: Leftover['role'], row: Attributes, isKept: boolean): Leftover => ({
  role,
  other: text(row, 'sk'),
  display: optionalText(row, 'display'),
  isKept,
});

async function each(table: TableClient, call: StoreCall, writes: readonly PlannedWrite[]): Promise<void> {
  await Promise.all(writes.map((write) => ignoreSuperseded(table.execute({ writes: [write] }, call))));
}
