import type { Registry, ResourceType } from '../../scim/schema/resource-type.ts';
import type { StoreCall } from '../ports.ts';
import type { Member, StoredResource } from '../resource.ts';
import { MEMBERS_IN_LINE, printMembers, printResource } from './lines.ts';
import type { ExportPlace } from './place.ts';
import type { MembersRead, TransferStore } from './ports.ts';

const RESOURCES_AT_ONCE = 1_000;
const GROUPS_AT_ONCE = 20;
/** A line ends earlier than with so many members where clients have sent long texts with them: a page has to hold it. */
const LINE_CHARACTERS = 512 * 1024;

/**
 * Walks the whole directory from a place on, a line at a time: all resources, type by type in the order of ids, then the
 * members of each group.
 */
export async function* linesAfter(
  store: TransferStore,
  registry: Registry,
  place: ExportPlace | undefined,
  call: StoreCall,
): AsyncGenerator<string> {
  if (place?.kind !== 'members') {
    const types = from(registry, place?.type);
    for (const [index, { name }] of types.entries()) {
      for await (const resources of slices(store, name, index === 0 ? place?.id : undefined, RESOURCES_AT_ONCE, call)) {
        yield* resources.map(printResource);
      }
    }
  }
  const groups = registry.filter(({ membersAttribute }) => membersAttribute !== undefined);
  const within = place?.kind === 'members' ? place : undefined;
  for (const [index, { name }] of from(groups, within?.type).entries()) {
    yield* memberLines(store, name, index === 0 ? within : undefined, call);
  }
}

/** Those from the named one on; all where none is named. */
const from = (types: Registry, name: string | undefined): readonly ResourceType[] =>
  name === undefined
    ? types
    : types.slice(
        Math.max(
          0,
          types.findIndex((type) => type.name === name),
        ),
      );

async function* slices(
  store: TransferStore,
  type: string,
  begin: string | undefined,
  limit: number,
  call: StoreCall,
): AsyncGenerator<readonly StoredResource[]> {
  let after = begin;
  for (;;) {
    const { loaded, isLast } = await store.slice(type, { limit, ...(after !== undefined && { after }) }, {}, call);
    yield loaded.map(({ resource }) => resource);
    after = loaded.at(-1)?.resource.id;
    if (isLast || after === undefined) return;
  }
}

/** Begins in the middle of a group where a line of it is the place. */
async function* memberLines(
  store: TransferStore,
  type: string,
  place: (ExportPlace & { kind: 'members' }) | undefined,
  call: StoreCall,
): AsyncGenerator<string> {
  if (place?.after !== undefined) {
    const group = (await store.look(type, [place.id], call)).get(place.id)?.resource;
    if (group) yield* linesOf(store, group, place.after, await store.membersInOrder(group, { after: place.after }, call), call);
  }
  for await (const groups of slices(store, type, place?.id, GROUPS_AT_ONCE, call)) {
    const begun = await Promise.all(groups.map(async (group) => ({ group, read: await store.membersInOrder(group, {}, call) })));
    for (const { group, read } of begun) yield* linesOf(store, group, undefined, read, call);
  }
}

/** Each line but the last is full, wherever reading stopped: the same members make the same lines. */
async function* linesOf(
  store: TransferStore,
  group: StoredResource,
  begin: string | undefined,
  begun: MembersRead,
  call: StoreCall,
): AsyncGenerator<string> {
  let [after, read, pending]: [string | undefined, MembersRead, readonly Member[]] = [begin, begun, begun.members];
  for (;;) {
    for (let full = fullLine(pending); full < pending.length; full = fullLine(pending)) {
      const members = pending.slice(0, full);
      yield printMembers(group, after, members, false);
      after = members.at(-1)?.value;
      pending = pending.slice(full);
    }
    if (read.readUpTo === undefined) break;
    read = await store.membersInOrder(group, { after: read.readUpTo }, call);
    pending = [...pending, ...read.members];
  }
  yield printMembers(group, after, pending, true);
}

/** How many of these make a line full; as many as there are where they do not. */
function fullLine(members: readonly Member[]): number {
  let characters = 0;
  const last = members.slice(0, MEMBERS_IN_LINE).findIndex((member) => {
    characters += JSON.stringify(member).length;
    return characters >= LINE_CHARACTERS;
  });
  return last < 0 ? Math.min(MEMBERS_IN_LINE, members.length) : last + 1;
}
