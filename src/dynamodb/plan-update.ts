import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { allOf, isEqual, isPresent } from './condition.ts';
import type { Attributes } from './item.ts';
import { isId, keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { planEntries } from './plan-entries.ts';
import { planMembers } from './plan-members.ts';
import { type LastChange, resourceRow } from './rows.ts';
import type { PlannedWrite, WritePlan } from './write.ts';

type Update = Change & { kind: 'update' };

export type PlannedUpdate = {
  readonly plan: WritePlan;
  /**
   * The resource as committed. Where any version will do, others may have changed members in between: its version is
   * then lower than the committed one, never higher, so that an If-Match with it can fail but never pass wrongly.
   */
  readonly committed: StoredResource;
  /** The group's new name, which still has to reach its members' rows. */
  readonly renamedTo: string | undefined;
};

export function planUpdate(update: Update, types: MembershipTypes, writeId: string): PlannedUpdate {
  const { before, after, entriesBefore, entriesAfter, members } = update;
  const committed = nextOf(before, after, types);
  const display = types.nameOf(committed);
  const renamedTo = committed.nameVersion === committed.version ? display : undefined;
  const others = [
    ...planEntries(before, entriesBefore, entriesAfter),
    ...planMembers({ type: before.type, id: before.id, display, nameVersion: committed.nameVersion ?? 1 }, members),
    ...(renamedTo === undefined ? [] : [announceRename(committed, renamedTo)]),
  ];
  const single = others.length === 0;
  const row = planRow(update, committed, types.isGroup(before.type), single ? { writeId } : {});
  return { plan: { writes: [row, ...others], ...(single && { writeId }) }, committed, renamedTo };
}

function nextOf(before: StoredResource, after: StoredResource, types: MembershipTypes): StoredResource {
  const next = { ...after, version: before.version + 1 };
  if (!types.isGroup(before.type)) return next;
  const renamed = types.nameOf(after) !== types.nameOf(before);
  return { ...next, nameVersion: renamed ? next.version : (before.nameVersion ?? 1) };
}

function planRow({ before, members, expect, stamp }: Update, committed: StoredResource, isGroup: boolean, mark: Attributes): PlannedWrite {
  const { type, id } = before;
  const lastChange = { ...stamp, ...(isGroup && { added: members.add.map(({ value }) => value), removed: members.remove.filter(isId) }) };
  const key = keyOf.resource(type, id);
  const onConditionFailed = () => new StaleRead();
  if (expect === 'exists') return { write: { kind: 'update', key, ...membersOnly(committed, lastChange, isGroup) }, onConditionFailed };
  const set = { ...resourceRow(committed, lastChange), ...mark };
  return { write: { kind: 'update', key, set, condition: isEqual('version', before.version) }, onConditionFailed };
}

/** Any version will do, but not another name: the rows of new members carry it, and no rename would correct them later. */
const membersOnly = ({ lastModified, nameVersion }: StoredResource, lastChange: LastChange, isGroup: boolean) => ({
  set: { lastModified, lastChange: JSON.stringify(lastChange) },
  add: { version: 1 },
  condition: isGroup && nameVersion !== undefined ? allOf(isPresent, isEqual('nameVersion', nameVersion)) : isPresent,
});

const announceRename = ({ type, id, version }: StoredResource, display: string): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.outbox(type, id), attributes: { kind: 'renamed', display, nameVersion: version } },
});
