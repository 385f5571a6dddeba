import { AdminRefusal } from '../../access/admin-refusal.ts';
import { fold } from '../../scim/fold.ts';
import { knownWords } from '../../scim/schema/custom/known-words.ts';
import type { Registry, ResourceType } from '../../scim/schema/resource-type.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import type { FindMapping } from '../mapping/profile.ts';
import type { DirectoryStore, RemovedResource, StoreCall, Sweeper } from '../ports.ts';

/** What the acts on removed resources need from their surroundings. */
export type RemovedAdministration = {
  /** The tenant's resource types as they are now, with a store and a sweeper that know them. */
  readonly open: (call: StoreCall) => Promise<{ readonly registry: Registry; readonly store: RemovedStore; readonly sweeper: Sweeper }>;
  /** Makes the profile of what is restored anew: its mapping may have changed since. */
  readonly mappingOf: FindMapping;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export type RemovedStore = Pick<DirectoryStore, 'commit' | 'findIds' | 'listRemoved' | 'load' | 'loadRemoved'>;

/** As many are named when a name alone does not tell which is meant. */
const NAMED = 10;

/** @throws {AdminRefusal} when there is no such resource type */
export function typeNamed(registry: Registry, name: string): ResourceType {
  const type = registry.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (type !== undefined) return type;
  const names = registry.map((each) => each.name);
  throw new AdminRefusal(`There is no resource type ${JSON.stringify(name)}${knownWords(name, names)}`);
}

/**
 * Finds the removed resource that has this id, or this name.
 *
 * @throws {AdminRefusal} when there is none, or more than one of the name
 */
export async function findRemoved(store: RemovedStore, type: ResourceType, idOrName: string, call: StoreCall): Promise<RemovedResource> {
  const removed = await removedCalled(store, type, idOrName, call);
  const [found, ...others] = removed;
  if (found === undefined) throw new AdminRefusal(await absent(store, type, idOrName, call));
  if (others.length > 0) throw new AdminRefusal(ambiguous(type, removed));
  return found;
}

/** The removed resource that has this id, or all that had this name. */
export async function removedCalled(
  store: Pick<RemovedStore, 'loadRemoved' | 'listRemoved'>,
  type: ResourceType,
  idOrName: string,
  call: StoreCall,
): Promise<readonly RemovedResource[]> {
  const byId = await store.loadRemoved(type.name, idOrName.toLowerCase(), call);
  if (byId !== undefined) return [byId];
  const named: RemovedResource[] = [];
  for await (const chunk of store.listRemoved(type.name, call)) named.push(...chunk.filter(isCalled(type, idOrName)));
  return named;
}

const isCalled =
  (type: ResourceType, name: string) =>
  ({ resource }: RemovedResource): boolean =>
    fold(subjectOf(type, resource.attributes) ?? '') === fold(name);

async function absent(store: RemovedStore, type: ResourceType, idOrName: string, call: StoreCall): Promise<string> {
  const isThere = await store.load(type.name, idOrName.toLowerCase(), {}, call);
  if (isThere) return `This ${type.name} is there: nothing has to be restored.`;
  return `No removed ${type.name} has this id or name: it was never removed, has been restored, or its time is over. The list of those removed shows what there is.`;
}

/** Asks for an id where a name alone does not tell which is meant. */
export function ambiguous({ name }: ResourceType, removed: readonly RemovedResource[]): string {
  const lines = removed
    .toSorted((one, other) => other.removal.at.localeCompare(one.removal.at))
    .slice(0, NAMED)
    .map(({ resource, removal }) => `  ${resource.id}  removed ${removal.at}`);
  return [`${removed.length} removed resources of type ${name} have had this name. Give the id of one:`, ...lines].join('\n');
}
