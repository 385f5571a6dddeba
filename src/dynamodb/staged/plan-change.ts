import { StaleRead } from '../../directory/ports.ts';
import type { StoredResource } from '../../directory/resource.ts';
import { isAsRead } from '../as-read.ts';
import { allOf, type Condition, isEqual, isUnset } from '../condition.ts';
import { keyOf } from '../keys.ts';
import { type PlannedWrite, Superseded } from '../write.ts';

/** A change that is too large for one transaction, as it is listed until it is finished or undone. */
export type ListedChange = {
  readonly id: string;
  readonly type: string;
  readonly groupId: string;
  /** A change of a group that is there, or the creation of one. */
  readonly kind: 'update' | 'create';
  /** Epoch milliseconds past which whoever began it is no longer at work. */
  readonly until: number;
};

export const planList = ({ id, type, groupId, kind, until }: ListedChange): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.change(id), attributes: { type, groupId, kind, until, changePhase: 'staging' } },
});

export const planUnlist = (changeId: string): PlannedWrite => ({ write: { kind: 'delete', key: keyOf.change(changeId) } });

/** Begins a change of a group: no other is under way, and nothing has changed that it was decided on. */
export const planTake = (group: StoredResource, expect: 'version' | 'exists', changeId: string, until: number): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.resource(group.type, group.id),
    set: { changeId, changePhase: 'staging', changeUntil: until, writeId: changeId },
    condition: allOf(isAsRead(group, expect), isUnset('changeId')),
  },
  onConditionFailed: () => new StaleRead(),
});

/** The write that makes a staged change hold goes ahead only if nobody has fenced it off. */
export const isMineToCommit = (changeId: string): Condition => allOf(isEqual('changeId', changeId), isEqual('changePhase', 'staging'));

/** Part of the write that makes the change hold: it tells whoever finishes it, and fences the creation of a group, which has no row yet. */
export const planCommitListed = (changeId: string): PlannedWrite => ({
  write: { kind: 'update', key: keyOf.change(changeId), set: { changePhase: 'committed' }, condition: isStaging },
  onConditionFailed: () => new StaleRead(),
});

/** Keeps whoever staged the change from committing it, for ever. Superseded: it is committed, or being undone. */
export const planFence = ({ id, type, groupId, kind }: Omit<ListedChange, 'until'>): PlannedWrite => ({
  write: {
    kind: 'update',
    key: kind === 'update' ? keyOf.resource(type, groupId) : keyOf.change(id),
    set: { changePhase: 'undoing' },
    condition: kind === 'update' ? isMineToCommit(id) : isStaging,
  },
  onConditionFailed: () => new Superseded(),
});

const isStaging = isEqual('changePhase', 'staging');

/** Lets the next change begin. */
export const planClear = (type: string, groupId: string, changeId: string): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.resource(type, groupId),
    set: { changeId: undefined, changePhase: undefined, changeUntil: undefined },
    condition: isEqual('changeId', changeId),
  },
  onConditionFailed: () => new Superseded(),
});
