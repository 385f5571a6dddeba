import { AdminRefusal } from '../../access/admin-refusal.ts';
import { ADMINISTRATION } from '../../access/application.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { indexOf } from '../index-entries.ts';
import type { RemovedResource, StoreCall } from '../ports.ts';
import { ambiguous, removedCalled } from '../removed/find-removed.ts';
import type { StoredResource } from '../resource.ts';
import type { OpenedDirectory } from './administration.ts';

/** A resource that is there, or one that was removed and could be restored. */
export type Sought = { readonly kind: 'there'; readonly resource: StoredResource } | ({ readonly kind: 'removed' } & RemovedResource);

/**
 * Finds the resource with this id, or of this name: one that is there before one that was removed.
 *
 * @throws {AdminRefusal} when there is none, or more than one of those removed had the name
 */
export async function seek(opened: OpenedDirectory, type: ResourceType, idOrName: string, call: StoreCall): Promise<Sought> {
  const sought = (await seekThere(opened, type, idOrName, call)) ?? (await seekRemoved(opened, type, idOrName, call));
  if (sought === undefined) throw new AdminRefusal(`No ${type.name} has this id or name, and none that could be restored had it.`);
  return sought;
}

/** @throws {AdminRefusal} when there is none, saying so if it was removed */
export async function seekPresent(opened: OpenedDirectory, type: ResourceType, idOrName: string, call: StoreCall): Promise<StoredResource> {
  const sought = await seek(opened, type, idOrName, call);
  if (sought.kind === 'there') return sought.resource;
  throw new AdminRefusal(`This ${type.name} was removed at ${sought.removal.at}: restore it first, as ${sought.resource.id}.`);
}

async function seekThere(
  { directory: { store } }: OpenedDirectory,
  type: ResourceType,
  idOrName: string,
  call: StoreCall,
): Promise<Sought | undefined> {
  const byId = await store.load(type.name, idOrName.toLowerCase(), {}, call);
  if (byId !== undefined) return { kind: 'there', resource: byId.resource };
  for (const name of type.subjectAttributes) {
    const key = indexOf(type, name, idOrName, ADMINISTRATION);
    const [id] = key?.index === 'unique' ? await store.findIds(type.name, 'unique', key.entry, call) : [];
    const named = id === undefined ? undefined : await store.load(type.name, id, {}, call);
    if (named !== undefined) return { kind: 'there', resource: named.resource };
  }
  return undefined;
}

/** @throws {AdminRefusal} when more than one had the name */
async function seekRemoved(
  { directory: { store } }: OpenedDirectory,
  type: ResourceType,
  idOrName: string,
  call: StoreCall,
): Promise<Sought | undefined> {
  const removed = await removedCalled(store, type, idOrName, call);
  if (removed.length > 1) throw new AdminRefusal(ambiguous(type, removed));
  return removed[0] && { kind: 'removed', ...removed[0] };
}
