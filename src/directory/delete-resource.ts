import type { ResourceType } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';
import type { Directory, RequestContext } from './context.ts';
import { freedEntries } from './index-entries.ts';
import type { Outcome } from './outcome.ts';
import type { Change } from './ports.ts';
import { type Conditions, requireMatch } from './precondition.ts';
import { reDecide } from './re-decide.ts';
import { loadExisting } from './read-resource.ts';
import type { StoredResource } from './resource.ts';
import { changeStamp } from './stamp.ts';

/**
 * Removes a resource (RFC 7644 §3.6); its memberships are swept afterwards and are invisible from now on.
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
    await directory.store.commit(deletion(context, type, resource), context);
    const subject = subjectOf(type, resource.attributes);
    return { id: resource.id, changedPaths: [], ignoredAttributes: [], ...(subject === undefined ? {} : { subject }) };
  });

export const deletion = (context: RequestContext, type: ResourceType, resource: StoredResource): Change => ({
  kind: 'delete',
  before: resource,
  entries: freedEntries(type, resource),
  stamp: changeStamp(context, []),
});
