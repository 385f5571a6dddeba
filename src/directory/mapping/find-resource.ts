import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { indexOf } from '../index-entries.ts';
import type { DirectoryStore, StoreCall } from '../ports.ts';
import type { StoredResource } from '../resource.ts';

/**
 * Finds the resource that has this id, or this name where names of the type are unique.
 *
 * @throws {AdminRefusal} when there is none
 */
export async function findResource(
  store: Pick<DirectoryStore, 'findIds' | 'load'>,
  type: ResourceType,
  idOrName: string,
  call: StoreCall,
): Promise<StoredResource> {
  const loaded = await store.load(type.name, idOrName.toLowerCase(), {}, call);
  if (loaded) return loaded.resource;
  for (const attribute of type.subjectAttributes) {
    const found = indexOf(type, attribute, idOrName, '');
    const [id] = found?.index === 'unique' ? await store.findIds(type.name, 'unique', found.entry, call) : [];
    const named = id === undefined ? undefined : await store.load(type.name, id, {}, call);
    if (named) return named.resource;
  }
  throw new AdminRefusal(`There is no ${type.name} of this id or name: it was never there, or has been removed.`);
}
