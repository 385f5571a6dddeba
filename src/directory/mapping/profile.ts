import { revisionOf } from '../../access/mapping-rebuilds.ts';
import type { JsonObject } from '../../scim/json.ts';
import { entriesFor, profileOf } from '../../scim/mapping/profile.ts';
import type { AttributeMapping } from '../../scim/mapping/shape.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { putTogether } from '../document.ts';
import type { StoreCall } from '../ports.ts';
import type { Profile, StoredResource } from '../resource.ts';

/** Finds the mapping of an application; undefined where it has none, or is no more. */
export type FindMapping = (application: string, call: StoreCall) => Promise<AttributeMapping | undefined>;

/** The resource with the profile that the mapping of the application that created it makes of it now, whoever changes it. */
export async function withProfile(
  mappingOf: FindMapping,
  type: ResourceType,
  resource: StoredResource,
  call: StoreCall,
): Promise<StoredResource> {
  const { profile: _former, ...plain } = resource;
  const profile = makeProfile(type, await mappingOf(resource.createdBy, call), plain);
  return { ...plain, ...(profile && { profile }) };
}

export function makeProfile(type: ResourceType, mapping: AttributeMapping | undefined, resource: StoredResource): Profile | undefined {
  const entries = entriesFor(mapping, type);
  return entries && { revision: revisionOf(entries), values: profileOf(type, entries, mappable(type, resource)) };
}

/** What a mapping sees of a resource: the document as the application that created it sees it, and what never changes. */
export const mappable = (type: ResourceType, resource: StoredResource): JsonObject => ({
  ...putTogether(type, resource, resource.createdBy),
  id: resource.id,
  meta: { created: resource.created, resourceType: type.name },
});
