import { allOf, type Condition, isEqual, isPresent } from '../condition.ts';
import { telling } from '../feed/tell.ts';
import { type Attributes, text } from '../item.ts';
import { keyOf } from '../keys.ts';
import { isNotStaging } from '../staged/change-state.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';
import { type Announced, type Kept, planKeep, superseded } from './plan-sweep.ts';

/** A group as its row says it is now. */
export type CurrentGroup = {
  readonly type: string;
  readonly id: string;
  readonly display: string | undefined;
  readonly nameVersion: number;
};

/** A membership that was kept: of `group`, which is there, and a member of this type, which is there too. */
export type Returning = {
  readonly kept: Kept;
  readonly group: CurrentGroup;
  readonly memberId: string;
  readonly memberType: string;
};

/** A membership whose other end is removed, too: it waits there, until `ttl` if that has an end, for that one to be restored. */
export type Waiting = { readonly kept: Kept; readonly otherType: string; readonly ttl: number | undefined };

/** Four writes each, and up to two for all of them: of a member, three and its group's, and one. */
export const RETURN_BATCH = 24;

const isAlive = (id: string): PlannedWrite => ({
  write: { kind: 'check', key: keyOf.alive(id), condition: isPresent },
  onConditionFailed: superseded,
});

/** While a large change is staged, no other writes to the group's rows; and its name is to be the one its members' rows get. */
const isAsItWas = ({ nameVersion }: CurrentGroup): Condition => allOf(isPresent, isEqual('nameVersion', nameVersion), isNotStaging);

/** Brings memberships back, both ends of each; all fail when one of them would be of a group or with a member that is not there. */
export function planReturn(restored: Announced, returning: readonly Returning[]): WritePlan {
  const groups = new Map(returning.map(({ group }) => [group.id, group]));
  const told = [...groups.values()].map(
    (group): PlannedWrite => ({
      write: {
        kind: 'update',
        key: keyOf.resource(group.type, group.id),
        ...telling({ added: returning.flatMap((one) => (one.group.id === group.id ? [one.memberId] : [])) }),
        condition: isAsItWas(group),
      },
      onConditionFailed: superseded,
    }),
  );
  return { writes: [isAlive(restored.id), ...told, ...returning.flatMap((one) => bringBack(restored, one))] };
}

function bringBack({ id }: Announced, { kept, group, memberId, memberType }: Returning): readonly PlannedWrite[] {
  return [
    ...(kept.role === 'Member' ? [isAlive(memberId)] : []),
    { write: { kind: 'put', key: keyOf.membership(group.id, memberId), attributes: { type: memberType, display: kept.display } } },
    {
      write: {
        kind: 'put',
        key: keyOf.reverse(memberId, group.id),
        attributes: { type: group.type, display: group.display, nameVersion: group.nameVersion },
      },
    },
    letGo(id, kept),
  ];
}

/** Leaves what cannot come back: with its other end, if that may be restored yet, or nowhere. */
export const planLeave = (restored: Announced, kept: Kept, waiting: Waiting | undefined): WritePlan => ({
  writes: [isAlive(restored.id), ...(waiting ? keepWithOther(restored, waiting) : []), letGo(restored.id, kept)],
});

const keepWithOther = ({ id }: Announced, { kept, otherType, ttl }: Waiting): readonly PlannedWrite[] => [
  { write: { kind: 'check', key: keyOf.tombstone(otherType, kept.other), condition: isPresent }, onConditionFailed: superseded },
  planKeep(kept.other, { role: kept.role === 'Group' ? 'Member' : 'Group', other: id, display: kept.display }, ttl),
];

/** Once: what another worker has brought back may have been ended since. */
const letGo = (id: string, { role, other }: Kept): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.removedRelation(id, role, other), condition: isPresent },
  onConditionFailed: superseded,
});

/** @param ttl epoch seconds, if it has an end */
export const planKeepFor = (row: Attributes, ttl: number | undefined): PlannedWrite => ({
  write: {
    kind: 'update',
    key: { pk: text(row, 'pk'), sk: text(row, 'sk') },
    set: { ttl },
    condition: isPresent,
  },
  onConditionFailed: superseded,
});

/** How far it has been told who stayed; whoever has begun sees to the rest. */
export const TOLD_UP_TO = 'toldUpTo';

export const planTold = ({ type, id }: Announced, restoredVersion: number, upTo: string): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.restored(type, id),
    set: { [TOLD_UP_TO]: upTo },
    condition: isEqual('restoredVersion', restoredVersion),
  },
  onConditionFailed: superseded,
});

/** Nothing is left to come back after this restore; another one may have been announced since. */
export const planReturned = ({ type, id }: Announced, restoredVersion: number): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.restored(type, id), condition: isEqual('restoredVersion', restoredVersion) },
  onConditionFailed: superseded,
});
