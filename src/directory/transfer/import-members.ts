import { indexEntries } from '../index-entries.ts';
import { type ChangeStamp, type MemberChanges, StaleRead, type StoreCall } from '../ports.ts';
import { reDecide } from '../re-decide.ts';
import type { Member, StoredResource } from '../resource.ts';
import { type ImportContext, RefusedLine } from './context.ts';
import type { MembersLine } from './lines.ts';

export type MembersOutcome = {
  readonly added: number;
  readonly same: number;
  readonly changed: number;
  readonly removed: number;
  readonly skipped: number;
  /** Ids that the directory does not know. */
  readonly unknown: readonly string[];
  readonly isGroupUnknown: boolean;
};

const NOTHING: MembersOutcome = { added: 0, same: 0, changed: 0, removed: 0, skipped: 0, unknown: [], isGroupUnknown: false };

/**
 * Brings the memberships of one line into the directory, some thirty at a time. What is there already is passed over, so
 * that the same line, sent again, does what is left of it.
 *
 * @throws {RefusedLine} others are there
 */
export function importMembers(context: ImportContext, line: MembersLine, call: StoreCall): Promise<MembersOutcome> {
  requireOrder(line);
  requireGroups(context, line);
  let first: MembersOutcome | undefined;
  return reDecide(call, context.now, async () => {
    const { outcome, work } = await decide(context, line, call);
    first ??= outcome;
    if (!context.policy.dryRun) await work();
    // What an earlier attempt has done is found done by this one.
    const added = Math.max(0, outcome.same + outcome.added - first.same);
    return { ...outcome, added, same: first.same, changed: first.changed, removed: first.removed };
  });
}

/** Each line says of all ids in its range whether they are members: that only holds of one that is in order. */
function requireOrder({ group, after, members, isLast }: MembersLine): void {
  const ids = [...(after === undefined ? [] : [after]), ...members.map(({ value }) => value)];
  if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? '')))
    throw new RefusedLine('members must be in the order of their ids');
  if (ids.includes(group)) throw new RefusedLine('members must not have the group itself');
  if (!isLast && members.length === 0) throw new RefusedLine('members must not be empty unless the line is the last of its group');
}

function requireGroups({ registry }: ImportContext, { type }: MembersLine): void {
  if (registry.find(({ name }) => name === type)?.membersAttribute === undefined)
    throw new RefusedLine(`type: ${JSON.stringify(type)} has no members here`);
}

type Decided = { readonly outcome: MembersOutcome; readonly work: () => Promise<void> };

const nothingToDo = async (): Promise<void> => {};

async function decide(context: ImportContext, line: MembersLine, call: StoreCall): Promise<Decided> {
  const { store, policy } = context;
  const group = (await store.look(line.type, [line.group], call)).get(line.group)?.resource;
  if (group === undefined) return { outcome: withoutGroup(line, policy.dryRun), work: nothingToDo };
  if (policy.onConflict === 'skip' && group.lastModified !== line.lastModified)
    return { outcome: { ...NOTHING, skipped: line.members.length }, work: nothingToDo };
  const difference = compare(line.members.map(toMember), await currentMembers(context, group, line, call));
  if (policy.onConflict === 'fail') refuseDifference(difference);
  return settle(context, group, difference, call);
}

const toMember = ({ value, type, display }: MembersLine['members'][number]): Member => ({
  value,
  type,
  ...(display !== undefined && { display }),
});

/** A dry run creates no group that could be there. */
const withoutGroup = ({ members }: MembersLine, dryRun: boolean): MembersOutcome =>
  dryRun ? { ...NOTHING, added: members.length } : { ...NOTHING, unknown: members.map(({ value }) => value), isGroupUnknown: true };

/** Those in the range of the line. Where others would be refused, or stay, it is enough to know that there are some. */
async function currentMembers({ store, policy }: ImportContext, group: StoredResource, line: MembersLine, call: StoreCall) {
  const upTo = line.isLast ? undefined : line.members.at(-1)?.value;
  const found: Member[] = [];
  let after = line.after;
  for (;;) {
    const { members, readUpTo } = await store.membersInOrder(group, { after, upTo }, call);
    found.push(...members);
    if (readUpTo === undefined || (policy.onConflict === 'fail' && found.length > line.members.length)) return found;
    after = readUpTo;
  }
}

type Difference = {
  readonly missing: readonly Member[];
  readonly changed: readonly Member[];
  readonly extra: readonly string[];
  readonly same: number;
};

function compare(wanted: readonly Member[], current: readonly Member[]): Difference {
  const there = new Map(current.map((member) => [member.value, member]));
  const ids = new Set(wanted.map(({ value }) => value));
  const known = wanted.filter(({ value }) => there.has(value));
  const changed = known.filter(({ value, display }) => there.get(value)?.display !== display);
  return {
    missing: wanted.filter(({ value }) => !there.has(value)),
    changed,
    extra: current.filter(({ value }) => !ids.has(value)).map(({ value }) => value),
    same: known.length - changed.length,
  };
}

function refuseDifference({ changed, extra }: Difference): void {
  const [other] = extra;
  if (other !== undefined) throw new RefusedLine(`the group has members here that are not in the file, ${other} for one`);
  const [named] = changed;
  if (named !== undefined) throw new RefusedLine(`the member ${named.value} is there already, and its display differs`);
}

async function settle(
  context: ImportContext,
  group: StoredResource,
  { missing, changed, extra, same }: Difference,
  call: StoreCall,
): Promise<Decided> {
  const { store, policy } = context;
  const types = policy.dryRun ? undefined : await typesOf(context, missing, call);
  const added = types === undefined ? missing : missing.flatMap((member) => typed(member, types));
  const unknown = types === undefined ? [] : missing.filter(({ value }) => !types.has(value)).map(({ value }) => value);
  const replaces = policy.onConflict === 'replace' && changed.length + extra.length > 0;
  const outcome = {
    ...NOTHING,
    same,
    unknown,
    added: added.length,
    ...(replaces ? { changed: changed.length, removed: extra.length } : { skipped: changed.length }),
  };
  const work = async (): Promise<void> => {
    if (replaces) await replaceMembers(context, group, { add: changed, remove: extra }, call);
    await store.bringMembers(group, added, call);
  };
  return { outcome, work };
}

const typesOf = ({ store }: ImportContext, members: readonly Member[], call: StoreCall): Promise<ReadonlyMap<string, string>> =>
  store.aliveTypes(
    members.map(({ value }) => value),
    call,
  );

/** By the type the directory knows it by, as always. */
function typed(member: Member, types: ReadonlyMap<string, string>): readonly Member[] {
  const type = types.get(member.value);
  return type === undefined ? [] : [{ ...member, type }];
}

/** One change finishes within the request's time; what is left is decided again. */
const REMOVED_AT_ONCE = 2_000;

/** A change of what holds, and not its completion: the group's version counts it. */
async function replaceMembers(
  { store, registry, now }: ImportContext,
  group: StoredResource,
  { add, remove }: MemberChanges,
  call: StoreCall,
): Promise<void> {
  const type = registry.find(({ name }) => name === group.type);
  if (type === undefined) throw new TypeError('a group that was read is of a type there is');
  const entries = indexEntries(type, group);
  const stamp: ChangeStamp = {
    requestId: call.requestId,
    application: group.createdBy,
    at: new Date(now()).toISOString(),
    paths: type.membersAttribute === undefined ? [] : [type.membersAttribute],
  };
  const update = { kind: 'update', before: group, after: group, entriesBefore: entries, entriesAfter: entries, stamp } as const;
  await store.commit({ ...update, members: { add, remove: remove.slice(0, REMOVED_AT_ONCE) }, expect: 'exists' }, call);
  if (remove.length > REMOVED_AT_ONCE) throw new StaleRead();
}
