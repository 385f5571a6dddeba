import { matchingAttributes } from '../../scim/matching/matching-attributes.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import { indexEntries } from '../index-entries.ts';
import type { IndexEntries, StoredResource } from '../resource.ts';

/** Lists the keys that must lead to a resource: those of an attribute that is just being added or dropped may be there. */
export function expectedEntries(registry: Registry): (resource: StoredResource) => IndexEntries {
  return (resource) => {
    const type = registry.find(({ name }) => name === resource.type);
    if (type === undefined) return { unique: [], lookup: [] };
    const { unique, lookup } = indexEntries(type, resource);
    const used = new Set(matchingAttributes(type).flatMap(({ name, stage }) => (stage === 'used' ? [name] : [])));
    return { unique, lookup: lookup.filter(({ attribute, application }) => application !== undefined || used.has(attribute)) };
  };
}
