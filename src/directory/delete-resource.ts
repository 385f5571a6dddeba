import type { ResourceType } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';
import type { Directory, RequestContext } from './context.ts';
import { keepsRemoved, keptEntries } from './deactivation.ts';
import { freedEntries } from './index-entries.ts';
import type { Outcome } from './outcome.ts';
import type { Change } from './ports.ts';
import { type Conditions, requireMatch } from './precondition.ts';
import { reDecide } from './re-decide.ts';
import { loadExisting } from './read-resource.ts';
import type { StoredResource } from './resource.ts';
import { changeStamp } from './stamp.ts';

/**
 * Removes a resource (RFC 7644 §3.6), or hides a user where the policy keeps it; its memberships are swept afterwards and are invisible from now on.
 *
 * @throws {ScimError} notFound
 * @throws {ScimError} preconditionFailed
 */
export const deleteResource = (
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  conditions: Conditions,
): Promise<Outcome> =>
  reDecide(context, directory.clock, async () => {
    const { resource } = await loadExisting(directory, context, type, id, {});
    requireMatch(conditions, resource);
    const keptAs = keepsRemoved(context.policy, type) ? keptEntries(type, resource, context.principal.application) : undefined;
    await directory.store.commit({ ...deletion(context, type, resource), ...(keptAs && { keptAs }) }, context);
    const subject = subjectOf(type, resource.attributes);
    return {
      id: resource.id,
      changedPaths: [],
      ignoredAttributes: [],
      ...(keptAs && { effect: 'kept' }),
      ...(subject === undefined ? {} : { subject }),
    };
  });

export const deletion = (context: RequestContext, type: ResourceType, resource: StoredResource): Change & { readonly kind: 'delete' } => ({
  kind: 'delete',
  before: resource,
  entries: freedEntries(type, resource),
  stamp: changeStamp(context, []),
});
