import type { MemberChanges } from '../directory/ports.ts';
import type { Member } from '../directory/resource.ts';
import { ScimError } from '../scim/errors.ts';
import { isPresent } from './condition.ts';
import { isId, keyOf } from './keys.ts';
import type { PlannedWrite } from './write.ts';

/** A group as its members' rows name it. */
export type NamedGroup = {
  readonly type: string;
  readonly id: string;
  readonly display: string | undefined;
  readonly nameVersion: number;
};

/**
 * Adds and removes members, both ends of each in the one transaction, so that the two always agree: of two changes of one
 * member at the same time, the later one wins at both ends.
 */
export function planMembers(group: NamedGroup, { add, remove }: MemberChanges): readonly PlannedWrite[] {
  const added = new Map(add.map((member) => [member.value, member]));
  const removed = new Set(remove.filter((id) => isId(id) && !added.has(id)));
  return [
    ...[...added.values()].flatMap((member) => addMember(group, member)),
    ...[...removed].flatMap((id) => removeMember(group.id, id)),
  ];
}

function addMember({ id, type, display, nameVersion }: NamedGroup, member: Member): readonly PlannedWrite[] {
  if (!isId(member.value) || member.value === id) throw noSuchMember(member.value);
  return [
    {
      write: { kind: 'check', key: keyOf.alive(member.value), condition: isPresent },
      onConditionFailed: () => noSuchMember(member.value),
    },
    { write: { kind: 'put', key: keyOf.membership(id, member.value), attributes: { type: member.type, display: member.display } } },
    { write: { kind: 'put', key: keyOf.reverse(member.value, id), attributes: { type, display, nameVersion } } },
  ];
}

const removeMember = (groupId: string, id: string): readonly PlannedWrite[] => [
  { write: { kind: 'delete', key: keyOf.membership(groupId, id) } },
  { write: { kind: 'delete', key: keyOf.reverse(id, groupId) } },
];

/** An id is no personal value; but what is no id at all may be one, and is not repeated. */
const noSuchMember = (id: string): ScimError =>
  new ScimError(
    'invalidValue',
    `members: ${isId(id) ? `the id "${id}"` : 'a value that is no id'} names no resource that could be a member of this group.`,
  );
