import { changedAttributes, same } from '../../scim/same.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import type { Member } from '../resource.ts';
import type { ResourceLine } from '../transfer/lines.ts';
import { mergeByKey } from './merge.ts';
import { type DirectoryState, type MembershipEntry, membershipsIn, resourcesIn } from './state.ts';

/** The two states that are compared: that of a time, and the present one. */
export type States = { readonly earlier: DirectoryState; readonly present: DirectoryState };

type Named = { readonly type: string; readonly id: string; readonly name?: string | undefined };

export type ResourceDifference = Named &
  (
    | { readonly kind: 'missing'; readonly line: ResourceLine }
    | { readonly kind: 'changed'; readonly line: ResourceLine; readonly version: number; readonly attributes: readonly string[] }
    | { readonly kind: 'new' }
  );

export type MembershipDifference = {
  readonly kind: 'missing' | 'new';
  readonly type: string;
  readonly group: string;
  /** The group's, as it is now; undefined where it is not there. */
  readonly lastModified: string | undefined;
  readonly member: Member;
};

/** Finds the resources of a type that differ. Times and versions alone make no difference. */
export async function* compareResources({ earlier, present }: States, type: ResourceType): AsyncGenerator<ResourceDifference> {
  const { name } = type;
  for await (const pair of mergeByKey(resourcesIn(earlier, name), resourcesIn(present, name), ({ id }) => id)) {
    const difference = differenceOf(pair.earlier, pair.present);
    const line = pair.present ?? pair.earlier;
    if (difference && line) yield { type: name, id: line.id, name: subjectOf(type, line.attributes), ...difference };
  }
}

function differenceOf(earlier: ResourceLine | undefined, present: ResourceLine | undefined) {
  if (earlier === undefined) return { kind: 'new' } as const;
  if (present === undefined) return { kind: 'missing', line: earlier } as const;
  const attributes = [
    ...changedAttributes(earlier.attributes, present.attributes),
    ...(same(earlier.externalIds, present.externalIds) ? [] : ['externalId']),
    ...(earlier.createdBy === present.createdBy && earlier.createdAs === present.createdAs ? [] : ['createdBy']),
  ];
  return attributes.length === 0 ? undefined : ({ kind: 'changed', line: earlier, version: present.version, attributes } as const);
}

/** Finds the memberships of groups of a type that are in one state alone. */
export async function* compareMemberships({ earlier, present }: States, type: string): AsyncGenerator<MembershipDifference> {
  let current: MembershipEntry | undefined;
  for await (const pair of mergeByKey(membershipsIn(earlier, type), membershipsIn(present, type), ({ group, id }) => `${group} ${id}`)) {
    current = pair.present ?? current;
    const { group, member } = pair.earlier ?? pair.present ?? {};
    if (group === undefined || member === undefined || (pair.earlier && pair.present)) continue;
    const lastModified = current?.group === group ? current.lastModified : undefined;
    yield { kind: pair.earlier ? 'missing' : 'new', type, group, lastModified, member };
  }
}
