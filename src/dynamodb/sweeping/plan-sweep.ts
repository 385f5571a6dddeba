import { allOf, anyOf, isAbsent, isBelow, isEqual, isPresent, isUnset } from '../condition.ts';
import { keyOf } from '../keys.ts';
import { type PlannedWrite, Superseded, type Write, type WritePlan } from '../write.ts';

/** One membership of a removed resource: in the group `other`, or with the member `other`. */
export type Leftover = {
  readonly role: 'Group' | 'Member';
  readonly other: string;
  /** The text the client sent with the member. */
  readonly display: string | undefined;
  /** Whether it counted, and comes back with a restore. */
  readonly isKept: boolean;
  /** The mark of a large change on the row that was read. */
  readonly mark: string | undefined;
};

/** A membership as it is kept for a restore. */
export type Kept = Pick<Leftover, 'role' | 'other' | 'display'>;

/** Whose outbox item it is. */
export type Announced = { readonly type: string; readonly id: string };

/** Three writes each and one for the outbox item make a full transaction. */
export const SWEEP_BATCH = 33;

/** An outbox item outlives its sweep by this, for readers that saw the rows before it. */
export const SWEPT_TTL_SECONDS = 60;

const sweptUntil = (nowMs: number): number => Math.ceil(nowMs / 1_000) + SWEPT_TTL_SECONDS;

export const superseded = () => new Superseded();

/** What a batch is moved by. */
export type RemovedBatch = {
  /** The version that was removed. */
  readonly version: number;
  readonly isLast: boolean;
  readonly nowMs: number;
  /** Epoch seconds, those of the tombstone; undefined of one that is kept without end. */
  readonly keptUntil: number | undefined;
};

/**
 * Moves memberships of a removed resource out of the way, both ends of each, and keeps them for a restore.
 *
 * Each batch makes sure that the outbox item still announces the same removal: a restore takes it away. The last batch marks
 * it swept.
 */
export function planRemovedSweep(
  { type, id }: Announced,
  leftovers: readonly Leftover[],
  { version, isLast, nowMs, keptUntil }: RemovedBatch,
): WritePlan {
  const key = keyOf.outbox(type, id);
  const condition = allOf(isEqual('kind', 'removed'), isEqual('removedVersion', version));
  const guard: Write = isLast ? { kind: 'update', key, set: { ttl: sweptUntil(nowMs) }, condition } : { kind: 'check', key, condition };
  return {
    writes: [{ write: guard, onConditionFailed: superseded }, ...leftovers.flatMap((leftover) => moveAway(id, leftover, keptUntil))],
  };
}

/** Both rows are marked together, so that it is enough to see whether the one that was read still is as it was. */
function moveAway(id: string, leftover: Leftover, ttl: number | undefined): readonly PlannedWrite[] {
  const { role, other, isKept, mark } = leftover;
  const isAsRead = mark === undefined ? isUnset('change') : anyOf(isAbsent, isEqual('change', mark));
  const guard = { condition: isAsRead } as const;
  const [groupId, memberId] = role === 'Group' ? [other, id] : [id, other];
  return [
    ...(isKept ? [planKeep(id, leftover, ttl)] : []),
    { write: { kind: 'delete', key: keyOf.membership(groupId, memberId), ...(role === 'Member' && guard) }, onConditionFailed: superseded },
    { write: { kind: 'delete', key: keyOf.reverse(memberId, groupId), ...(role === 'Group' && guard) }, onConditionFailed: superseded },
  ];
}

/** @param ttl epoch seconds, those of the tombstone, if it has an end */
export const planKeep = (id: string, { role, other, display }: Kept, ttl: number | undefined): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.removedRelation(id, role, other), attributes: { display, ttl } },
});

/** Takes away an outbox item that has outlived its sweep, unless it is in use again. */
export const planForget = ({ type, id }: Announced, nowMs: number): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.outbox(type, id), condition: isBelow('ttl', Math.floor(nowMs / 1_000)) },
  onConditionFailed: superseded,
});

/** Tells one member's row of the group's new name, unless it is gone or knows a later one. */
export const planRenamedRow = (memberId: string, groupId: string, display: string, nameVersion: number): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.reverse(memberId, groupId),
    set: { display, nameVersion },
    condition: allOf(isPresent, isBelow('nameVersion', nameVersion)),
  },
  onConditionFailed: superseded,
});

/** Marks the announcement of a rename swept, unless a later one has taken its place. */
export const planRenameSwept = ({ type, id }: Announced, nameVersion: number, nowMs: number): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.outbox(type, id),
    set: { ttl: sweptUntil(nowMs) },
    condition: allOf(isEqual('nameVersion', nameVersion), isUnset('ttl')),
  },
  onConditionFailed: superseded,
});
