import type { JsonObject } from '../scim/json.ts';
import { type ParsedResource, parseResource } from '../scim/schema/parse-resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';
import type { Directory, RequestContext } from './context.ts';
import { once } from './creation-mark.ts';
import { seatLimit } from './deactivation.ts';
import { type Parts, takeApart, withExternalId } from './document.ts';
import { indexEntries } from './index-entries.ts';
import { appliedLeniencies } from './leniencies.ts';
import { withProfile } from './mapping/profile.ts';
import { leftOut, memberCounts, requireFew, resolveMembers } from './member-changes.ts';
import type { Outcome } from './outcome.ts';
import { reDecide } from './re-decide.ts';
import type { StoredResource } from './resource.ts';
import { createOrReturn } from './return-former.ts';
import { changeStamp } from './stamp.ts';

/**
 * Creates a resource (RFC 7644 §3.3), or brings back a former user where the policy keeps them.
 *
 * @throws {ScimError} invalidValue, invalidSyntax — the body does not fit the schema, or names an unknown member
 * @throws {ScimError} seatLimit — as many users are active as may be
 * @throws {ScimError} uniqueness — a unique value is taken
 */
export function createResource(directory: Directory, context: RequestContext, type: ResourceType, body: JsonObject): Promise<Outcome> {
  const parsed = parseResource(type, body, appliedLeniencies(context.policy));
  return reDecide(context, directory.clock, () => commitNew(directory, context, type, parsed));
}

/**
 * As `createResource`, and creates nothing where the mark says that the same operation has done so before.
 *
 * @throws {ScimError} as `createResource`
 */
export function createResourceOnce(
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  body: JsonObject,
  mark: string,
): Promise<Outcome & { readonly isRepeat: boolean }> {
  const parsed = parseResource(type, body, appliedLeniencies(context.policy));
  return once(directory, context, type, mark, () => commitNew(directory, context, type, parsed, mark));
}

async function commitNew(
  directory: Directory,
  context: RequestContext,
  type: ResourceType,
  { document, ignored }: ParsedResource,
  mark?: string,
): Promise<Outcome> {
  const { store, newId, mappingOf } = directory;
  const parts = takeApart(type, document);
  requireFew({ add: parts.members, remove: [] });
  const members = await resolveMembers(store, parts.members, context);
  const plain = { ...newResource(type, newId(), parts, context), ...(mark !== undefined && { createdAs: mark }) };
  const resource = await withProfile(mappingOf, type, plain, context);
  const changedPaths = Object.keys(document);
  const stamp = changeStamp(context, changedPaths);
  const create = { kind: 'create', resource, entries: indexEntries(type, resource), members, stamp, ...seatLimit(context) } as const;
  const loaded = await createOrReturn(directory, context, type, create);
  const subject = subjectOf(type, resource.attributes);
  return {
    id: loaded.resource.id,
    version: loaded.resource.version,
    loaded: { ...loaded, members },
    ...(loaded.resource.id !== resource.id && { effect: 'returned' }),
    changedPaths,
    ignoredAttributes: [...ignored, ...leftOut(type, parts.members, members)],
    ...memberCounts({ add: members, remove: [] }),
    ...(subject === undefined ? {} : { subject }),
  };
}

function newResource(type: ResourceType, id: string, { attributes, externalId }: Parts, context: RequestContext): StoredResource {
  const at = context.now.toISOString();
  const { application } = context.principal;
  return {
    type: type.name,
    id,
    version: 1,
    created: at,
    lastModified: at,
    createdBy: application,
    externalIds: withExternalId({}, application, externalId),
    attributes,
  };
}
