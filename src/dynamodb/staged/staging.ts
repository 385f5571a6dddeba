import type { MemberChanges, StoreCall } from '../../directory/ports.ts';
import { StaleRead } from '../../directory/ports.ts';
import { chunksOf, eachAtOnce } from '../at-once.ts';
import type { NamedGroup } from '../plan-members.ts';
import { readAlive } from '../relations.ts';
import type { TableClient } from '../table-client.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';
import { TRANSACTION_LIMIT } from '../write-size.ts';
import { type Manifest, manifestOf, writeManifest } from './manifest.ts';
import { type ListedChange, planList } from './plan-change.ts';
import { stageAdded, stageRemoved } from './plan-rows.ts';
import { forget, isFenced, type Staging, undo } from './settle.ts';

/** A change of a group and its members, decided on and not yet written. */
export type StagedChange = {
  readonly id: string;
  readonly kind: ListedChange['kind'];
  readonly group: NamedGroup;
  readonly members: MemberChanges;
  /** Begins it on the group's row; a group that is to be created has none. */
  readonly take?: (until: number) => PlannedWrite;
  /** The one transaction that makes it hold. */
  readonly commit: WritePlan;
};

/** Memberships in one transaction: both rows of each, so that they never disagree. */
const STAGED_TOGETHER = TRANSACTION_LIMIT / 2;
/** Time kept back to undo what was staged, when it cannot be committed. */
const UNDO_RESERVE_MS = 3_000;
/** How long after its request's deadline the last call of a change may still arrive. */
const LATE_MS = 5_000;
/** So long after its change, the stream may still bring it to the log of events. */
const STREAM_DAYS = 1;
/** So long a change has to be finished in, however soon events are forgotten. */
const UNFINISHED_DAYS = 30;
const DAY_SECONDS = 86_400;

export type Author = Staging & {
  /** How long events can be read, and so the manifests that some of them are made of. */
  readonly eventRetentionDays: number;
};

/**
 * Writes a change that is too large for one transaction, all of it or nothing: its rows are staged beside what holds, and
 * count from the one write that commits it. `finish` takes their marks away afterwards.
 *
 * Dead at any point, it is undone, or finished, by whoever comes next: by the lease on the group's row, by the manifest.
 *
 * @throws {StaleRead} what it was decided on is no longer so
 */
export async function commitStaged({ table, pace, eventRetentionDays }: Author, change: StagedChange, call: StoreCall): Promise<void> {
  const { id, kind, group, members, take } = change;
  const listed: ListedChange = { id, type: group.type, groupId: group.id, kind, until: call.deadlineMs + LATE_MS };
  const inTime = { ...call, deadlineMs: Math.max(pace.now(), call.deadlineMs - UNDO_RESERVE_MS) };
  await Promise.all([
    table.execute({ writes: [planList(listed)] }, inTime),
    writeManifest(table, listed, manifestOf(members), ttlOf(listed, eventRetentionDays), inTime),
  ]);
  if (take !== undefined) {
    const taking = table.execute({ writes: [take(listed.until)], writeId: id }, inTime);
    await taking.catch((error) => forgetAnd(table, listed, error, call));
  }
  try {
    await stage(table, change, inTime);
    await requireAlive(table, members, inTime);
    await table.execute(change.commit, inTime);
  } catch (error) {
    await abandon(table, listed, manifestOf(members), call);
    throw error;
  }
}

const ttlOf = ({ until }: ListedChange, eventRetentionDays: number): number =>
  Math.ceil(until / 1_000) + Math.max(eventRetentionDays + STREAM_DAYS, UNFINISHED_DAYS) * DAY_SECONDS;

async function stage(table: TableClient, { id, group, members: { add, remove } }: StagedChange, call: StoreCall): Promise<void> {
  const memberships = [
    ...add.map((member) => stageAdded(group, member, id)),
    ...remove.map((memberId) => stageRemoved(group.id, memberId, id)),
  ];
  await eachAtOnce(chunksOf(memberships, STAGED_TOGETHER), (chunk) => table.execute({ writes: chunk.flat() }, call));
}

/** A member that goes from now on finds its staged row and sweeps it; one that has gone before is none. */
async function requireAlive(table: TableClient, { add }: MemberChanges, call: StoreCall): Promise<void> {
  const ids = add.map(({ value }) => value);
  const alive = await readAlive(table, ids, call);
  if (ids.some((id) => !alive.has(id))) throw new StaleRead();
}

/** Undoes what was staged, unless the commit went through after all: then the fence does not hold. */
async function abandon(table: TableClient, listed: ListedChange, manifest: Manifest, call: StoreCall): Promise<void> {
  try {
    if (await isFenced(table, listed, call)) await undo(table, listed, manifest, call);
  } catch {
    // Whoever comes next does it, once the lease is over.
  }
}

async function forgetAnd(table: TableClient, listed: ListedChange, error: unknown, call: StoreCall): Promise<never> {
  await forget(table, listed.id, call).catch(() => undefined);
  throw error;
}
