import { ScimError } from '../scim/errors.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';
import type { Directory, RequestContext } from './context.ts';
import { keepsRemoved, keptEntries } from './deactivation.ts';
import { deletion } from './delete-resource.ts';
import type { Outcome } from './outcome.ts';
import { StaleRead } from './ports.ts';
import { reDecide } from './re-decide.ts';
import { markEntry, type StoredResource } from './resource.ts';

/**
 * Creates a marked resource, unless there is one of this mark already: then that is the outcome.
 *
 * It is looked for only when the creation is refused, so that one that is not costs no more than without a mark. Nothing
 * but the uniqueness of the mark itself is surer than the mark: what the same request has done since its first time, such
 * as removing a member, may also be why it is refused now.
 */
export const once = (
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  mark: string,
  create: () => Promise<Outcome>,
): Promise<Outcome & { readonly isRepeat: boolean }> =>
  reDecide(context, directory.clock, async () => {
    try {
      return { ...(await create()), isRepeat: false };
    } catch (error) {
      const earlier = mayBeOurs(error) ? await findMarked(directory, context, type, mark) : undefined;
      if (earlier === undefined) throw error;
      return { ...outcomeOf(type, earlier), isRepeat: true };
    }
  });

/** Finds what an operation of this mark has created, if it is still there. */
export async function findMarked(
  { store }: Directory,
  context: RequestContext,
  type: ResourceType,
  mark: string,
): Promise<StoredResource | undefined> {
  const [id] = await store.findIds(type.name, 'unique', markEntry(mark), context);
  return id === undefined ? undefined : (await store.load(type.name, id, {}, context))?.resource;
}

/** Takes a creation back, unless others have changed the resource since; says whether it is gone. */
export const takeBack = (
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  { id, version }: Pick<StoredResource, 'id' | 'version'>,
): Promise<boolean> =>
  reDecide(context, directory.clock, async () => {
    const loaded = await directory.store.load(type.name, id, {}, context);
    if (loaded === undefined) return true;
    if (loaded.resource.version !== version) return false;
    // One that was brought back, not created, is kept as it was.
    const isReturned = version > 1 && keepsRemoved(context.policy, type);
    const keptAs = isReturned ? keptEntries(type, loaded.resource, context.principal.application) : undefined;
    await directory.store.commit({ ...deletion(context, type, loaded.resource), ...(keptAs && { keptAs }), takesBack: true }, context);
    return true;
  });

const mayBeOurs = (error: unknown): boolean =>
  error instanceof StaleRead || (error instanceof ScimError && ['uniqueness', 'invalidValue', 'seatLimit'].includes(error.kind));

function outcomeOf(type: ResourceType, resource: StoredResource): Outcome {
  const subject = subjectOf(type, resource.attributes);
  return {
    id: resource.id,
    version: resource.version,
    changedPaths: [],
    ignoredAttributes: [],
    ...(subject === undefined ? {} : { subject }),
  };
}
