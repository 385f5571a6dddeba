import { type Change, type MemberChanges, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { isAsRead } from './as-read.ts';
import { allOf, type Condition } from './condition.ts';
import type { Attributes } from './item.ts';
import { keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { planEntries } from './plan-entries.ts';
import { type NamedGroup, normalised, planMembers } from './plan-members.ts';
import { type LastChange, resourceRow } from './rows.ts';
import { isSeatAsRead, planSeat, type SeatClaim, seatedAfter } from './seats/seat.ts';
import { isNotStaging } from './staged/change-state.ts';
import { isMineToCommit, planCommitListed, planTake } from './staged/plan-change.ts';
import type { StagedChange } from './staged/staging.ts';
import type { PlannedWrite, WritePlan } from './write.ts';

type Update = Change & { kind: 'update' };

export type PlannedUpdate = {
  readonly plan: WritePlan;
  /**
   * The resource as committed. Where any version will do, others may have changed members in between: its version is
   * then lower than the committed one, never higher, so that an If-Match with it can fail but never pass wrongly.
   */
  readonly committed: StoredResource;
};

/** What a change takes along that is not of its resource: a seat, a count. */
type Along = { readonly claim?: SeatClaim | undefined; readonly beside?: readonly PlannedWrite[] };

/** One transaction with everything, members and what is to be written beside it included. */
export function planUpdate(update: Update, types: MembershipTypes, writeId: string, { claim, beside = [] }: Along = {}): PlannedUpdate {
  const { committed, group, members, others } = decide(update, types);
  const writes = [...others, ...planSeat(update.before, committed, claim), ...beside, ...planMembers(group, members)];
  const single = writes.length === 0;
  const isGroup = types.isGroup(group.type);
  const row = planRow(update, committed, {
    ...(isGroup && { details: { added: members.add.map(({ value }) => value), removed: members.remove }, condition: isNotStaging }),
    ...(single && { mark: { writeId } }),
  });
  return { plan: { writes: [row, ...writes], ...(single && { writeId }) }, committed };
}

/** The same change where its members are too many for a transaction: they are staged one by one, and one write commits them. */
export function planStagedUpdate(
  update: Update,
  types: MembershipTypes,
  changeId: string,
  beside: readonly PlannedWrite[] = [],
): Omit<PlannedUpdate, 'plan'> & { readonly change: StagedChange } {
  const { committed, group, members, others } = decide(update, types);
  const row = planRow(update, committed, {
    details: { manifest: changeId },
    mark: { changePhase: 'committed', lastChangeId: changeId },
    condition: isMineToCommit(changeId),
  });
  const change: StagedChange = {
    id: changeId,
    kind: 'update',
    group,
    members,
    take: (until) => planTake(update.before, update.expect, changeId, until),
    commit: { writes: [row, ...others, ...beside, planCommitListed(changeId)] },
  };
  return { change, committed };
}

type Decided = Omit<PlannedUpdate, 'plan'> & {
  readonly group: NamedGroup;
  readonly members: MemberChanges;
  /** What is written beside the resource's row and its members'. */
  readonly others: readonly PlannedWrite[];
};

function decide({ before, after, entriesBefore, entriesAfter, members, seats }: Update, types: MembershipTypes): Decided {
  const committed = nextOf(before, seatedAfter(before, after, seats !== undefined), types);
  const display = types.nameOf(committed);
  const renamedTo = committed.nameVersion === committed.version ? display : undefined;
  return {
    committed,
    group: { type: before.type, id: before.id, display, nameVersion: committed.nameVersion ?? 1 },
    members: normalised(before.id, members),
    others: [
      ...planEntries(before, entriesBefore, entriesAfter),
      ...(renamedTo === undefined ? [] : [announceRename(committed, renamedTo, committed.version)]),
    ],
  };
}

function nextOf(before: StoredResource, after: StoredResource, types: MembershipTypes): StoredResource {
  const next = { ...after, version: before.version + 1 };
  if (!types.isGroup(before.type)) return next;
  const renamed = types.nameOf(after) !== types.nameOf(before);
  return { ...next, nameVersion: renamed ? next.version : (before.nameVersion ?? 1) };
}

type RowOptions = { readonly details?: Partial<LastChange>; readonly mark?: Attributes; readonly condition?: Condition };

function planRow(
  { before, expect, stamp }: Update,
  committed: StoredResource,
  { details = {}, mark = {}, condition }: RowOptions,
): PlannedWrite {
  const lastChange = { ...stamp, ...details };
  const { set, ...rest } = expect === 'exists' ? membersOnly(committed, lastChange) : { set: resourceRow(committed, lastChange) };
  const asRead = expect === 'exists' ? isAsRead(before, expect) : allOf(isAsRead(before, expect), isSeatAsRead(before));
  return {
    write: {
      kind: 'update',
      key: keyOf.resource(before.type, before.id),
      ...rest,
      set: { ...set, ...mark },
      condition: condition === undefined ? asRead : allOf(asRead, condition),
    },
    onConditionFailed: () => new StaleRead(),
  };
}

/** Any version will do: others may have counted it up since. */
const membersOnly = ({ lastModified }: StoredResource, lastChange: LastChange) => ({
  set: { lastModified, lastChange: JSON.stringify(lastChange) },
  add: { version: 1 },
});

export const announceRename = ({ type, id }: StoredResource, display: string, nameVersion: number): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.outbox(type, id), attributes: { kind: 'renamed', display, nameVersion } },
});
