import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { ADMINISTRATION } from '../../access/application.ts';
import { ScimError } from '../../scim/errors.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import { possibleKeptEntries } from '../deactivation.ts';
import { indexEntries } from '../index-entries.ts';
import { withProfile } from '../mapping/profile.ts';
import type { StoreCall, WorkDone } from '../ports.ts';
import { reDecide } from '../re-decide.ts';
import { isMarkEntry, markEntry, type StoredResource } from '../resource.ts';
import type { Restored } from './answers.ts';
import { findRemoved, type RemovedAdministration, type RemovedStore, typeNamed } from './find-removed.ts';

/**
 * Brings a removed resource back under its id, with its values and its memberships; those of a large group follow afterwards.
 *
 * @throws {AdminRefusal} when there is none, or one of its unique values is another's by now
 */
export async function restoreResource(
  administration: RemovedAdministration,
  request: RequestOf<'resource.restore'>,
  call: StoreCall,
): Promise<Administered<Restored>> {
  const { registry, store, sweeper } = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(registry, request.type);
  const { id, attributes } = await reDecide(call, administration.now, () =>
    restore(administration, store, type, request.resource, at, call),
  );
  const { rows, left } = await bringBack(() => sweeper.perform({ kind: 'return', type: type.name, id }, call));
  const name = subjectOf(type, attributes);
  return {
    result: { type: type.name, id, ...(name !== undefined && { name }), memberships: rows, isComplete: left.length === 0 },
    event: eventOf(request, at, { resourceType: type.name, resourceId: id, ...(name !== undefined && { subject: name }) }),
  };
}

async function restore(
  { mappingOf }: RemovedAdministration,
  store: RemovedStore,
  type: ResourceType,
  idOrName: string,
  at: Date,
  call: StoreCall,
): Promise<StoredResource> {
  const found = await findRemoved(store, type, idOrName, call);
  const unprofiled = await withoutTakenMark(store, type, found.resource, call);
  const resource = await withProfile(mappingOf, type, unprofiled, call);
  const stamp = { requestId: call.requestId, application: ADMINISTRATION, at: at.toISOString(), paths: [] };
  try {
    await store.commit(
      { kind: 'restore', before: resource, entries: indexEntries(type, resource), keptAs: possibleKeptEntries(type, resource), stamp },
      call,
    );
  } catch (cause) {
    if (cause instanceof ScimError && cause.kind === 'uniqueness') throw await taken(store, type, resource, call, cause);
    throw cause;
  }
  return resource;
}

/** A bulk request that was sent again after the removal has created another one in its place, and finds that by the mark from now on. */
async function withoutTakenMark(
  store: RemovedStore,
  type: ResourceType,
  resource: StoredResource,
  call: StoreCall,
): Promise<StoredResource> {
  const { createdAs, ...unmarked } = resource;
  if (createdAs === undefined) return resource;
  const [holder] = await store.findIds(type.name, 'unique', markEntry(createdAs), call);
  return holder === undefined ? resource : unmarked;
}

/** It is restored whatever becomes of this: what is left is written down, and done by others. */
const bringBack = (perform: () => Promise<WorkDone>): Promise<WorkDone> =>
  perform().catch(() => ({ rows: 0, left: [{ work: { kind: 'requeue' }, delaySeconds: 0 }] }));

async function taken(
  store: RemovedStore,
  type: ResourceType,
  resource: StoredResource,
  call: StoreCall,
  cause: ScimError,
): Promise<AdminRefusal> {
  const entries = indexEntries(type, resource).unique.filter((entry) => !isMarkEntry(entry));
  const holders = await Promise.all(
    entries.map(async (entry) => {
      const [holder] = await store.findIds(type.name, 'unique', entry, call);
      return holder === undefined ? [] : [`its ${entry.attribute} is that of the ${type.name} ${holder} now`];
    }),
  );
  if (holders.flat().length === 0) return new AdminRefusal(cause.message, { cause });
  const reasons = holders.flat().join(', and ');
  return new AdminRefusal(`The ${type.name} ${resource.id} cannot be restored: ${reasons}. Rename or remove that one first.`, { cause });
}
