import { ScimError } from '../scim/errors.ts';
import type { MemberValue } from '../scim/member-values.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { RequestContext } from './context.ts';
import type { Outcome } from './outcome.ts';
import type { DirectoryStore, Loaded, MemberChanges } from './ports.ts';
import type { Member } from './resource.ts';

/** So many members one request may add and remove. */
export const MAX_MEMBER_CHANGES = 10_000;

/** Where all members are compared with so many wanted, no more than these need be read: the change would be too large. */
export const mostToCompare = (wanted: number): number => wanted + MAX_MEMBER_CHANGES;

/** At most so many unknown ids are named in a refusal. */
const NAMED_IDS = 10;

/**
 * Gives each named member the type the directory knows it by; leaves out the unknown where the policy says so.
 *
 * @throws {ScimError} invalidValue — naming the ids that do not exist
 */
export function typedMembers(
  named: readonly MemberValue[],
  types: ReadonlyMap<string, string>,
  { policy }: Pick<RequestContext, 'policy'>,
): readonly Member[] {
  const unknown = named.filter(({ value }) => !types.has(value)).map(({ value }) => value);
  if (unknown.length > 0 && policy.unknownMembers === 'refuse') throw unknownMembers(unknown);
  return named.flatMap((member) => {
    const type = types.get(member.value);
    return type === undefined ? [] : [{ ...member, type }];
  });
}

/** Names the attribute of which something was left out, for the log. */
export const leftOut = ({ membersAttribute }: ResourceType, named: readonly unknown[], kept: readonly unknown[]): readonly string[] =>
  membersAttribute !== undefined && kept.length < named.length ? [membersAttribute] : [];

/** Reads the types of `named` and gives them to it; costs nothing when there is none. */
export async function resolveMembers(
  store: DirectoryStore,
  named: readonly MemberValue[],
  context: RequestContext,
): Promise<readonly Member[]> {
  if (named.length === 0) return [];
  return typedMembers(
    named,
    await store.aliveTypes(
      named.map(({ value }) => value),
      context,
    ),
    context,
  );
}

/** What has to change for a group of `current` members to have exactly `wanted`. */
export function memberDifference(
  current: readonly Member[],
  wanted: readonly MemberValue[],
): { readonly add: readonly MemberValue[]; readonly remove: readonly string[] } {
  const currentIds = new Set(current.map(({ value }) => value));
  const wantedIds = new Set(wanted.map(({ value }) => value));
  return {
    add: wanted.filter(({ value }) => !currentIds.has(value)),
    remove: [...currentIds].filter((id) => !wantedIds.has(id)),
  };
}

/** @throws {ScimError} tooLarge — the group has more members than can be compared, so they were not read */
export function comparable({ members }: Loaded): readonly Member[] {
  if (members !== undefined) return members;
  throw new ScimError(
    'tooLarge',
    `members: the request would remove more than ${MAX_MEMBER_CHANGES} members, or looks at more than can be compared in one request; name those to add or remove by "add", or by "remove" with members[value eq "<id>"].`,
  );
}

/** @throws {ScimError} tooLarge — with both numbers */
export function requireFew({ add, remove }: { readonly add: readonly unknown[]; readonly remove: readonly unknown[] }): void {
  const count = add.length + remove.length;
  if (count <= MAX_MEMBER_CHANGES) return;
  throw new ScimError(
    'tooLarge',
    `members: the request changes ${count} members; at most ${MAX_MEMBER_CHANGES} can be changed in one request. Split it.`,
  );
}

/** How many come and go, for the log. */
export const memberCounts = ({ add, remove }: MemberChanges): Pick<Outcome, 'membersAdded' | 'membersRemoved'> => ({
  ...(add.length > 0 && { membersAdded: add.length }),
  ...(remove.length > 0 && { membersRemoved: remove.length }),
});

export const isEmpty = ({ add, remove }: MemberChanges): boolean => add.length === 0 && remove.length === 0;

const unknownMembers = (ids: readonly string[]): ScimError => {
  const listed = ids.slice(0, NAMED_IDS).map(quoted).join(', ');
  const more = ids.length > NAMED_IDS ? ` and ${ids.length - NAMED_IDS} more` : '';
  return new ScimError('invalidValue', `members: no resource has the id ${listed}${more}; send the "id" this endpoint gave.`);
};

/** A client may have put anything where an id belongs; only what looks like one is repeated. */
const quoted = (id: string): string => (/^[\w-]{1,64}$/.test(id) ? `"${id}"` : '(a value that is no id)');
