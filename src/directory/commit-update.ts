import type { JsonObject } from '../scim/json.ts';
import { same } from '../scim/same.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { subjectOf } from '../scim/schema/subject.ts';
import type { Directory, RequestContext } from './context.ts';
import { isRemoval, seatLimit } from './deactivation.ts';
import { deletion } from './delete-resource.ts';
import { takeApart, withExternalId } from './document.ts';
import { heldEntries, indexEntries } from './index-entries.ts';
import { withProfile } from './mapping/profile.ts';
import { isEmpty, memberCounts, requireFew } from './member-changes.ts';
import type { Outcome } from './outcome.ts';
import type { MemberChanges } from './ports.ts';
import { isActive, type StoredResource } from './resource.ts';
import { changeStamp } from './stamp.ts';

/** A change of one resource that has been decided and is to be committed. */
export type Update = {
  readonly before: StoredResource;
  /** The client's document after the change; its members are not looked at. */
  readonly document: JsonObject;
  readonly members: MemberChanges;
  readonly changedPaths: readonly string[];
  /** `version`: what was decided holds only for the version read. `exists`: it holds for any. */
  readonly expect: 'version' | 'exists';
};

/**
 * Commits an update, or the removal that the policy makes of it; one that changes nothing is not written, so that `version` and `lastModified` stay (RFC 7644 §3.5.2).
 *
 * @throws {StaleRead} — decide again
 */
export async function commitUpdate(
  { store, mappingOf }: Directory,
  context: RequestContext,
  type: ResourceType,
  update: Update,
): Promise<Outcome & { readonly resource: StoredResource }> {
  const { before, members, changedPaths } = update;
  requireFew(members);
  const wanted = changed(type, update, context);
  const isSame = isUnchanged(before, wanted);
  const told = { ...subjects(type, before, wanted), ...stateOf(before, wanted), ...memberCounts(members) };
  if (isEmpty(members) && isSame) {
    return { id: before.id, version: before.version, resource: before, changedPaths: [], ignoredAttributes: [], ...told };
  }
  if (isRemoval(context.policy, type, before, wanted)) {
    await store.commit(deletion(context, type, before), context);
    // As it last was: of the version that was removed, so that one that is restored is never taken for it.
    const resource = { ...wanted, version: before.version };
    return { id: before.id, version: before.version, resource, changedPaths, ignoredAttributes: [], effect: 'removed', ...told };
  }
  // Where the row is written as a whole, so is its profile: one that was made anew since the row was read must not go with it.
  const after = update.expect === 'exists' ? wanted : await withProfile(mappingOf, type, wanted, context);
  const resource = await store.commit(
    {
      kind: 'update',
      before,
      after,
      entriesBefore: heldEntries(type, before),
      entriesAfter: indexEntries(type, after),
      members,
      expect: update.expect,
      stamp: changeStamp(context, changedPaths),
      ...seatLimit(context),
    },
    context,
  );
  const committed = resource ?? after;
  return { id: before.id, version: committed.version, resource: committed, changedPaths, ignoredAttributes: [], ...told };
}

function changed(type: ResourceType, { before, document }: Update, { principal, now }: RequestContext): StoredResource {
  const { attributes, externalId } = takeApart(type, document);
  return {
    ...before,
    attributes,
    externalIds: withExternalId(before.externalIds, principal.application, externalId),
    lastModified: now.toISOString(),
  };
}

const isUnchanged = (before: StoredResource, after: StoredResource): boolean =>
  same(before.attributes, after.attributes) && same(before.externalIds, after.externalIds);

function subjects(type: ResourceType, before: StoredResource, after: StoredResource): Pick<Outcome, 'subject' | 'previousSubject'> {
  const subject = subjectOf(type, after.attributes);
  const previousSubject = subjectOf(type, before.attributes);
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(previousSubject === undefined || previousSubject === subject ? {} : { previousSubject }),
  };
}

function stateOf(before: StoredResource, after: StoredResource): Pick<Outcome, 'state'> {
  if (isActive(before) === isActive(after)) return {};
  return { state: isActive(after) ? 'enabled' : 'disabled' };
}
