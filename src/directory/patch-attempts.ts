import { applyPatch, type Patched } from '../scim/patch/apply-patch.ts';
import type { DetachedMembers, MemberEdit } from '../scim/patch/detach-members.ts';
import type { Patch } from '../scim/patch/operation.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { MAX_READ_MEMBERS } from './answer-size.ts';
import { commitUpdate } from './commit-update.ts';
import type { Directory, RequestContext } from './context.ts';
import { putTogether, takeApart } from './document.ts';
import { comparable, isEmpty, leftOut, memberDifference, mostToCompare, resolveMembers, typedMembers } from './member-changes.ts';
import type { Outcome } from './outcome.ts';
import { exceeds, type Include, type Loaded, type MemberChanges } from './ports.ts';
import { type Conditions, isUnconditional, requireMatch } from './precondition.ts';
import { loadExisting, notFound } from './read-resource.ts';
import type { Member, StoredResource } from './resource.ts';

export type PatchTask = {
  readonly directory: Directory;
  readonly context: RequestContext;
  readonly type: ResourceType;
  readonly id: string;
  readonly patch: Patch;
  readonly conditions: Conditions;
  readonly include: Include | undefined;
};

/** One attempt at a resource that has no members. */
export async function patchDocument(task: PatchTask): Promise<Outcome> {
  const { directory, context, type, id } = task;
  const loaded = await loadExisting(directory, context, type, id, task.include ?? {});
  requireMatch(task.conditions, loaded.resource);
  const { document, changedPaths } = patched(task, task.patch, loaded.resource);
  const update = { before: loaded.resource, document, members: NO_CHANGES, changedPaths, expect: 'version' } as const;
  const { resource, ...outcome } = await commitUpdate(directory, context, type, update);
  return { ...outcome, ...(task.include === undefined ? {} : { loaded: { ...loaded, resource } }) };
}

/** One attempt at a group whose operations name the members they change: only these are read. */
export async function patchMembers(task: PatchTask, detached: DetachedMembers): Promise<Outcome> {
  const { directory, context, type, id } = task;
  if (detached.members.base === 'empty') return replaceAllMembers(task, detached);
  const ids = idsOf(detached.members);
  const read = await directory.store.loadForMemberChange(type.name, id, ids, context);
  if (read === undefined) throw notFound(type);
  context.found?.(read.resource);
  requireMatch(task.conditions, read.resource);
  const named = detached.members.present.filter(({ value }) => !read.members.has(value));
  const members: MemberChanges = {
    add: typedMembers(named, read.aliveTypes, context),
    remove: detached.members.absent.filter((memberId) => read.members.has(memberId)),
  };
  const holdsFor = isWhole(detached.members, members) ? 'any version' : 'the version read';
  const committed = await commit(task, read.resource, patched(task, detached.rest, read.resource), members, holdsFor);
  const outcome = { ...committed, ignoredAttributes: leftOut(type, named, members.add) };
  if (task.include === undefined) return outcome;
  // Not read again as a whole: what was just committed is known, and the group may be gone by now.
  const [loaded] = await directory.store.relate([committed.resource], task.include, context);
  return { ...outcome, ...(loaded && { loaded }) };
}

/** One attempt at a group whose members are given as a whole: they are compared with all there are. */
async function replaceAllMembers(task: PatchTask, { rest, members: { present } }: DetachedMembers): Promise<Outcome> {
  const loaded = await loadWithMembers(task, mostToCompare(present.length));
  const { add, remove } = memberDifference(loaded.members, present);
  return commitWithAll(task, loaded, patched(task, rest, loaded.resource), { add, remove });
}

/**
 * Whether each member that is named is written, so that the change does all it is to do whatever comes first. What is left
 * out because it is so already may be otherwise by then, and of two changes at the same time each would hold in part.
 */
const isWhole = ({ present, absent }: MemberEdit, { add, remove }: MemberChanges): boolean =>
  add.length === present.length && remove.length === absent.length;

/** One attempt at a group where only the stored members can tell what the operations mean. */
export async function patchWithAllMembers(task: PatchTask): Promise<Outcome> {
  const loaded = await loadWithMembers(task, MAX_READ_MEMBERS);
  const after = patched(task, task.patch, loaded.resource, loaded.members);
  const wanted = takeApart(task.type, after.document).members;
  return commitWithAll(task, loaded, after, memberDifference(loaded.members, wanted));
}

async function commitWithAll(
  task: PatchTask,
  loaded: Loaded,
  after: Patched,
  { add, remove }: ReturnType<typeof memberDifference>,
): Promise<Outcome> {
  const members = { add: await resolveMembers(task.directory.store, add, task.context), remove };
  const committed = await commit(task, loaded.resource, after, members, 'the version read');
  return { ...showing(task, loaded, members, committed), ignoredAttributes: leftOut(task.type, add, members.add) };
}

const NO_CHANGES: MemberChanges = { add: [], remove: [] };

const idsOf = ({ present, absent }: MemberEdit): readonly string[] => [...present.map(({ value }) => value), ...absent];

type WithMembers = Loaded & Required<Pick<Loaded, 'members'>>;

async function loadWithMembers({ directory, context, type, id, conditions }: PatchTask, atMost: number): Promise<WithMembers> {
  const loaded = await loadExisting(directory, context, type, id, { members: { atMost } });
  requireMatch(conditions, loaded.resource);
  return { ...loaded, members: comparable(loaded) };
}

type Committed = Outcome & { readonly resource: StoredResource };

/** Without a condition, a change of members alone holds for any version: two of them never undo each other. */
function commit(
  { directory, context, type, conditions }: PatchTask,
  before: StoredResource,
  { document, changedPaths }: Patched,
  members: MemberChanges,
  holdsFor: 'any version' | 'the version read',
): Promise<Committed> {
  const others = changedPaths.filter((path) => path !== type.membersAttribute);
  const paths = isEmpty(members) || type.membersAttribute === undefined ? others : [...others, type.membersAttribute];
  const isFree = holdsFor === 'any version' && isUnconditional(conditions) && others.length === 0;
  return commitUpdate(directory, context, type, { before, document, members, changedPaths: paths, expect: isFree ? 'exists' : 'version' });
}

/** Applies a patch to the document as the calling application sees it. */
const patched = ({ type, context }: PatchTask, patch: Patch, resource: StoredResource, members?: readonly Member[]): Patched =>
  applyPatch(type, putTogether(type, resource, context.principal.application, members), patch);

function showing(task: PatchTask, loaded: Loaded, { add, remove }: MemberChanges, { resource, ...outcome }: Committed): Outcome {
  if (task.include === undefined) return outcome;
  const gone = new Set(remove);
  const members = [...(loaded.members ?? []).filter(({ value }) => !gone.has(value)), ...add];
  return { ...outcome, loaded: exceeds(task.include.members, members.length) ? { resource } : { ...loaded, resource, members } };
}
