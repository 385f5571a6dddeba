import type { JsonObject } from '../scim/json.ts';
import { detachMembers } from '../scim/patch/detach-members.ts';
import { parsePatch } from '../scim/patch/parse-patch.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Directory, RequestContext } from './context.ts';
import { appliedLeniencies } from './leniencies.ts';
import type { Outcome } from './outcome.ts';
import { type PatchTask, patchDocument, patchMembers, patchWithAllMembers } from './patch-attempts.ts';
import type { Include } from './ports.ts';
import type { Conditions } from './precondition.ts';
import { reDecide } from './re-decide.ts';

export type PatchOptions = {
  readonly conditions: Conditions;
  /** What the answer shows; undefined for an answer without a body. */
  readonly include: Include | undefined;
};

/**
 * Changes parts of a resource, all operations or none (RFC 7644 §3.5.2).
 *
 * Members of a group are changed without reading the others, wherever the operations allow it: the cost then depends
 * on the members named, not on the members there are.
 *
 * @throws {ScimError} notFound, preconditionFailed, uniqueness, and what the body gives rise to
 */
export function patchResource(
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  body: JsonObject,
  options: PatchOptions,
): Promise<Outcome> {
  const patch = parsePatch(type, body, appliedLeniencies(context.policy));
  const task: PatchTask = { directory, context, type, id, patch, ...options };
  const detached = type.membersAttribute === undefined ? undefined : detachMembers(type, patch);
  return reDecide(context, directory.clock, async () => {
    const outcome = await attempt(task, detached);
    return { ...outcome, ignoredAttributes: [...patch.ignored, ...outcome.ignoredAttributes] };
  });
}

function attempt(task: PatchTask, detached: ReturnType<typeof detachMembers> | undefined): Promise<Outcome> {
  if (detached === undefined) return patchDocument(task);
  return detached === 'needs all members' ? patchWithAllMembers(task) : patchMembers(task, detached);
}
