import type { JsonObject } from '../scim/json.ts';
import { changedAttributes } from '../scim/same.ts';
import { parseResource } from '../scim/schema/parse-resource.ts';
import { replaceDocument } from '../scim/schema/replace-document.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { commitUpdate } from './commit-update.ts';
import type { Directory, RequestContext } from './context.ts';
import { putTogether, takeApart, withoutMembers } from './document.ts';
import { appliedLeniencies } from './leniencies.ts';
import { comparable, isEmpty, leftOut, memberDifference, mostToCompare, resolveMembers } from './member-changes.ts';
import type { Outcome } from './outcome.ts';
import { type Conditions, requireMatch } from './precondition.ts';
import { reDecide } from './re-decide.ts';
import { loadExisting } from './read-resource.ts';

/**
 * Replaces a resource (RFC 7644 §3.5.1): what the body leaves out is cleared, what is readOnly or immutable stays.
 *
 * @throws {ScimError} notFound, preconditionFailed, invalidValue, mutability, uniqueness
 */
export function replaceResource(
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  id: string,
  body: JsonObject,
  options: { readonly conditions: Conditions; readonly groups: boolean },
): Promise<Outcome> {
  const { document: sent, ignored } = parseResource(type, body, appliedLeniencies(context.policy));
  const wanted = takeApart(type, sent).members;
  const hasMembers = type.membersAttribute !== undefined;
  return reDecide(context, directory.clock, async () => {
    const read = { groups: options.groups, members: hasMembers && { atMost: mostToCompare(wanted.length) } };
    const loaded = await loadExisting(directory, context, type, id, read);
    requireMatch(options.conditions, loaded.resource);
    const current = hasMembers ? comparable(loaded) : [];
    const { add, remove } = memberDifference(current, wanted);
    const members = { add: await resolveMembers(directory.store, add, context), remove };
    const before = putTogether(type, loaded.resource, context.principal.application);
    const document = replaceDocument(type, before, sent);
    const outcome = await commitUpdate(directory, context, type, {
      before: loaded.resource,
      document,
      members,
      changedPaths: [
        ...changedAttributes(before, withoutMembers(type, document)),
        ...(type.membersAttribute === undefined || isEmpty(members) ? [] : [type.membersAttribute]),
      ],
      expect: 'version',
    });
    const kept = current.filter(({ value }) => !remove.includes(value));
    return {
      ...outcome,
      ignoredAttributes: [...ignored, ...leftOut(type, add, members.add)],
      loaded: { ...loaded, resource: outcome.resource, ...(hasMembers ? { members: [...kept, ...members.add] } : {}) },
    };
  });
}
