import type { StoredResource } from '../directory/resource.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';

/** What the store must know of the tenant's resource types. */
export type MembershipTypes = {
  /** Every type: each may be a member. */
  readonly all: readonly string[];
  /** The types that have members. */
  readonly groups: readonly string[];
  isGroup(type: string): boolean;
  /** The name under which a group appears among its members' groups; undefined for what is no group. */
  nameOf(resource: StoredResource): string | undefined;
};

export function membershipTypes(registry: Registry): MembershipTypes {
  const groups = new Map(registry.filter(({ membersAttribute }) => membersAttribute !== undefined).map((type) => [type.name, type]));
  return {
    all: registry.map(({ name }) => name),
    groups: [...groups.keys()],
    isGroup: (type) => groups.has(type),
    nameOf: ({ type, attributes }) => {
      const group = groups.get(type);
      return group && subjectOf(group, attributes);
    },
  };
}
