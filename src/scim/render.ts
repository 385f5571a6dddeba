import type { Json, JsonObject } from './json.ts';
import { etagOf } from './messages.ts';
import type { ResourceType } from './schema/resource-type.ts';

/** A resource taken apart, as the directory keeps it. */
export type ResourceParts = {
  readonly id: string;
  /** What the client wrote, without members; `externalId` may be in it or beside it. */
  readonly document: JsonObject;
  readonly externalId?: string;
  readonly created: string;
  readonly lastModified: string;
  readonly version: number;
  readonly groups?: readonly Belonging[];
  readonly members?: readonly { readonly value: string; readonly type: string; readonly display?: string }[];
};

/** A group the resource is in; indirectly, through a group that is in it (RFC 7643 §4.1.2). */
type Belonging = { readonly value: string; readonly display?: string; readonly isIndirect?: true };

/** Puts a resource together as a client sees it in full: `schemas` and `meta` (RFC 7643 §3), references with their addresses. */
export function renderResource(type: ResourceType, parts: ResourceParts, baseUrl: string): JsonObject {
  const { id, document, externalId, groups = [], members = [] } = parts;
  const extensions = type.extensions.map(({ schema }) => schema.id).filter((urn) => Object.hasOwn(document, urn));
  return {
    schemas: [type.schema.id, ...extensions],
    id,
    ...(externalId !== undefined && { externalId }),
    ...document,
    ...(type.membersAttribute !== undefined &&
      members.length > 0 && { [type.membersAttribute]: members.map((member) => reference(type, member, baseUrl)) }),
    ...(type.groupsAttribute !== undefined &&
      groups.length > 0 && { [type.groupsAttribute]: groups.map((group) => belonging(type, group, baseUrl)) }),
    meta: renderMeta(type, parts, baseUrl),
  };
}

type Referred = { readonly value: string; readonly type: string; readonly display?: string };

function renderMeta({ name, endpoint }: ResourceType, { id, created, lastModified, version }: ResourceParts, baseUrl: string): JsonObject {
  return { resourceType: name, created, lastModified, location: `${baseUrl}${endpoint}/${id}`, version: etagOf(version) };
}

function reference({ references }: ResourceType, { value, type, display }: Referred, baseUrl: string): Record<string, Json> {
  const endpoint = references?.[type];
  return {
    value,
    ...(endpoint !== undefined && { $ref: `${baseUrl}${endpoint}/${value}` }),
    type,
    ...(display !== undefined && { display }),
  };
}

function belonging(type: ResourceType, { isIndirect, ...group }: Belonging, baseUrl: string): JsonObject {
  const [groupType = ''] = Object.keys(type.references ?? {});
  return { ...reference(type, { ...group, type: groupType }, baseUrl), type: isIndirect === true ? 'indirect' : 'direct' };
}
