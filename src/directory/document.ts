import type { Json, JsonObject } from '../scim/json.ts';
import { type MemberValue, memberValuesIn } from '../scim/member-values.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Member, StoredResource } from './resource.ts';

/** What a client's document holds, sorted by where the directory keeps it. */
export type Parts = {
  readonly attributes: JsonObject;
  readonly externalId?: string;
  readonly members: readonly MemberValue[];
};

/** Takes a client's document apart: `externalId` and the members are kept elsewhere. */
export function takeApart(type: ResourceType, document: JsonObject): Parts {
  const { externalId, ...others } = document;
  return {
    attributes: withoutMembers(type, others),
    ...(typeof externalId === 'string' ? { externalId } : {}),
    members: namedMembers(type.membersAttribute === undefined ? undefined : document[type.membersAttribute]),
  };
}

/** Puts the document together as `application` sees it, the members where they were read. */
export function putTogether(type: ResourceType, resource: StoredResource, application: string, members?: readonly Member[]): JsonObject {
  const externalId = resource.externalIds[application];
  return {
    ...(externalId === undefined ? {} : { externalId }),
    ...resource.attributes,
    ...(type.membersAttribute === undefined || members === undefined || members.length === 0
      ? {}
      : { [type.membersAttribute]: members.map(({ value, type: memberType, display }) => memberDocument(value, memberType, display)) }),
  };
}

/** The document without the attribute that holds the members. */
export function withoutMembers({ membersAttribute }: ResourceType, document: JsonObject): JsonObject {
  if (membersAttribute === undefined || !Object.hasOwn(document, membersAttribute)) return document;
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== membersAttribute));
}

/** Sets, or clears, what one application calls the resource; what the others call it stays (RFC 7643 §3.1). */
export function withExternalId(
  all: StoredResource['externalIds'],
  application: string,
  externalId: string | undefined,
): Record<string, string> {
  const { [application]: _previous, ...others } = all;
  return externalId === undefined ? others : { ...others, [application]: externalId };
}

/** Drops repeats: the last one of a value wins, as if they had been written one after another. */
const namedMembers = (values: Json | undefined): readonly MemberValue[] => [
  ...new Map(memberValuesIn(values).map((member) => [member.value, member])).values(),
];

const memberDocument = (value: string, type: string, display: string | undefined): JsonObject => ({
  value,
  type,
  ...(display === undefined ? {} : { display }),
});
