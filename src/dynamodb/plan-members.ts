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
 * Leaves each member once: one that is both removed and added is added, and what is no id is no member to remove.
 *
 * @throws {ScimError} invalidValue — what is to be added can be no member
 */
export function normalised(groupId: string, { add, remove }: MemberChanges): MemberChanges {
  const added = new Map(add.map((member) => [member.value, member]));
  for (const id of added.keys()) if (!isId(id) || id === groupId) throw noSuchMember(id);
  return { add: [...added.values()], remove: [...new Set(remove)].filter((id) => isId(id) && !added.has(id)) };
}

/**
 * Adds and removes members, both ends of each in the one transaction, so that the two always agree: of two changes of one
 * member at the same time, the later one wins at both ends.
 */
export const planMembers = (group: NamedGroup, { add, remove }: MemberChanges): readonly PlannedWrite[] => [
  ...add.flatMap((member) => addMember(group, member)),
  ...remove.flatMap((id) => removeMember(group.id, id)),
];

function addMember({ id, type, display, nameVersion }: NamedGroup, member: Member): readonly PlannedWrite[] {
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
