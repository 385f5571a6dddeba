import { isObject, type Json, type JsonObject } from '../scim/json.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Member, StoredResource } from './resource.ts';

/** A member as the client names it; its type comes from the directory. */
export type NamedMember = { readonly value: string; readonly display?: string };

/** What a client's document holds, sorted by where the directory keeps it. */
export type Parts = {
  readonly attributes: JsonObject;
  readonly externalId?: string;
  readonly members: readonly NamedMember[];
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
export function namedMembers(value: Json | undefined): readonly NamedMember[] {
  const byId = new Map<string, NamedMember>();
  for (const member of Array.isArray(value) ? value : []) {
    if (!isObject(member) || typeof member['value'] !== 'string') continue;
    const { value: id, display } = member;
    byId.set(id, { value: id, ...(typeof display === 'string' ? { display } : {}) });
  }
  return [...byId.values()];
}

const memberDocument = (value: string, type: string, display: string | undefined): JsonObject => ({
  value,
  type,
  ...(display === undefined ? {} : { display }),
});
