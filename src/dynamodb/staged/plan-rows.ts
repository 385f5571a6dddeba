import { StaleRead } from '../../directory/ports.ts';
import type { Member } from '../../directory/resource.ts';
import { allOf, anyOf, beginsWith, type Condition, isAbsent, isEqual, isPresent, isUnset } from '../condition.ts';
import type { Attributes } from '../item.ts';
import { keyOf, type TableKey } from '../keys.ts';
import type { NamedGroup } from '../plan-members.ts';
import { type PlannedWrite, Superseded } from '../write.ts';
import { ADDED, markOf, REMOVED } from './marks.ts';

/**
 * Both rows of a membership. Where one of them was written by others since, the other is finished or undone all the same.
 *
 * While a change is staged no other writes to the group's row, so any other mark that is found is dead.
 */
const rowsOf = (groupId: string, memberId: string): readonly TableKey[] => [
  keyOf.membership(groupId, memberId),
  keyOf.reverse(memberId, groupId),
];

const stale = () => new StaleRead();
const superseded = () => new Superseded();

/** Nothing that counts is there. */
const isFree: Condition = anyOf(isAbsent, beginsWith('change', ADDED));

/** A membership that counts is there. */
const isTaken: Condition = allOf(isPresent, anyOf(isUnset('change'), beginsWith('change', REMOVED)));

export function stageAdded({ id, type, display, nameVersion }: NamedGroup, member: Member, changeId: string): readonly PlannedWrite[] {
  const change = markOf.added(changeId);
  const put = (key: TableKey, attributes: Attributes): PlannedWrite => ({
    write: { kind: 'put', key, attributes: { ...attributes, change }, condition: isFree },
    onConditionFailed: stale,
  });
  return [
    put(keyOf.membership(id, member.value), { type: member.type, display: member.display }),
    put(keyOf.reverse(member.value, id), { type, display, nameVersion }),
  ];
}

export const stageRemoved = (groupId: string, memberId: string, changeId: string): readonly PlannedWrite[] =>
  rowsOf(groupId, memberId).map((key) => ({
    write: { kind: 'update', key, set: { change: markOf.removed(changeId) }, condition: isTaken },
    onConditionFailed: stale,
  }));

/** A row that a change has marked, and what becomes of it. */
export type MarkedRow = { readonly key: TableKey; readonly mark: string; readonly planned: PlannedWrite };

/** What was added stays, without its mark; what was removed goes. */
export const finishAdded = (groupId: string, memberId: string, changeId: string): readonly MarkedRow[] =>
  rowsOf(groupId, memberId).map((key) => unmark(key, markOf.added(changeId)));

export const finishRemoved = (groupId: string, memberId: string, changeId: string): readonly MarkedRow[] =>
  rowsOf(groupId, memberId).map((key) => drop(key, markOf.removed(changeId)));

/** What was to be added goes; what was to be removed stays, without its mark. */
export const undoAdded = (groupId: string, memberId: string, changeId: string): readonly MarkedRow[] =>
  rowsOf(groupId, memberId).map((key) => drop(key, markOf.added(changeId)));

export const undoRemoved = (groupId: string, memberId: string, changeId: string): readonly MarkedRow[] =>
  rowsOf(groupId, memberId).map((key) => unmark(key, markOf.removed(changeId)));

const unmark = (key: TableKey, mark: string): MarkedRow => ({
  key,
  mark,
  planned: {
    write: { kind: 'update', key, set: { change: undefined }, condition: isEqual('change', mark) },
    onConditionFailed: superseded,
  },
});

const drop = (key: TableKey, mark: string): MarkedRow => ({
  key,
  mark,
  planned: { write: { kind: 'delete', key, condition: isEqual('change', mark) }, onConditionFailed: superseded },
});
