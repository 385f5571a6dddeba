import type { Registry, ResourceType } from '../../scim/schema/resource-type.ts';
import type { DirectoryStore, StoreCall } from '../ports.ts';
import type { StoredResource } from '../resource.ts';
import { type ChangeEvent, IDS_OF_AN_EVENT } from './change-event.ts';
import type { GroupMembers, MembersRead } from './ports.ts';
import { membersSnapshot, resourceSnapshot, type Teller } from './snapshot-event.ts';

/** Where a snapshot goes on: behind which resource of which type, and within which group. */
export type SnapshotPlace = {
  readonly type: string;
  readonly after?: string | undefined;
  /** The resource is a group, and not all of its members have been told. */
  readonly group?: GroupTold | undefined;
};

/** What a group was told as, in how many events its members have been, and up to which id. */
type GroupTold = { readonly version: number; readonly said: number; readonly told: number; readonly after?: string | undefined };

export type Snapshot = Teller & {
  readonly resources: Pick<DirectoryStore, 'slice' | 'load'>;
  readonly members: GroupMembers;
  /** Those that are told of. */
  readonly types: Registry;
  /** So many events are still wanted. */
  readonly left: () => number;
  readonly call: StoreCall;
};

/** An event with the place behind it; none behind the last one of all. There is no event where all that was read counts no longer. */
type Placed = { readonly event?: ChangeEvent; readonly next: SnapshotPlace | undefined };

const GROUPS_AT_ONCE = 10;
/** The members of so many events are read of a group that is met, and of one that turned out to be larger. */
const FIRST_EVENTS = 2;
const MORE_EVENTS = 20;

/**
 * Tells what there is, resource by resource, in the order of types and of ids, from a place on.
 *
 * It is no picture of one moment, and need not be: whatever has changed since it was begun is in the log behind the place
 * where it was begun. So the members of a group are told as they are when they are read, under the version that the group
 * was told with: the log says of every later version what it has added and removed.
 */
export async function* tellSnapshot(snapshot: Snapshot, from: SnapshotPlace): AsyncGenerator<Placed> {
  const { types } = snapshot;
  const first = types.findIndex(({ name }) => name === from.type);
  if (from.group !== undefined) yield* restOfGroup(snapshot, from, from.group);
  for (const [index, type] of types.entries()) {
    if (index < first) continue;
    const following = types[index + 1];
    yield* tellType(snapshot, type, index === first ? from.after : undefined, following && { type: following.name });
  }
}

async function* tellType(
  snapshot: Snapshot,
  type: ResourceType,
  from: string | undefined,
  end: SnapshotPlace | undefined,
): AsyncGenerator<Placed> {
  const isGroup = type.membersAttribute !== undefined;
  let after = from;
  for (;;) {
    const limit = Math.max(1, isGroup ? Math.min(GROUPS_AT_ONCE, Math.ceil(snapshot.left() / 2)) : snapshot.left());
    const { loaded, isLast } = await snapshot.resources.slice(
      type.name,
      { ...(after !== undefined && { after }), limit },
      {},
      snapshot.call,
    );
    after = loaded.at(-1)?.resource.id ?? after;
    const found = loaded.map(({ resource }) => ({
      resource,
      next: isLast && resource.id === after ? end : { type: type.name, after: resource.id },
    }));
    yield* isGroup ? tellGroups(snapshot, type, found) : tellResources(snapshot, type, found);
    if (isLast) return;
  }
}

/** A resource with the place behind all that is told of it. */
type Found = { readonly resource: StoredResource; readonly next: SnapshotPlace | undefined };

function* tellResources(snapshot: Snapshot, type: ResourceType, found: readonly Found[]): Generator<Placed> {
  for (const { resource, next } of found) yield { event: resourceSnapshot(snapshot, type, resource), next };
}

async function* tellGroups(snapshot: Snapshot, type: ResourceType, found: readonly Found[]): AsyncGenerator<Placed> {
  const { members, call } = snapshot;
  const limit = membersOf(snapshot, FIRST_EVENTS);
  const reads = await Promise.all(found.map(({ resource }) => members.read(resource, { limit }, call)));
  for (const [index, { resource, next }] of found.entries()) {
    const read = reads[index];
    if (read === undefined) continue;
    const told = { version: resource.version, said: resource.said ?? 0, told: 0 };
    const isAll = read.isLast && read.ids.length === 0;
    yield { event: resourceSnapshot(snapshot, type, resource), next: isAll ? next : { type: type.name, after: resource.id, group: told } };
    yield* tellMembers(snapshot, { resource, next }, told, read);
  }
}

/** Goes on within a group; one that is gone by now has no members that are still to be told. */
async function* restOfGroup(snapshot: Snapshot, { type, after: id = '' }: SnapshotPlace, told: GroupTold): AsyncGenerator<Placed> {
  const { resources, members, call } = snapshot;
  const resource = (await resources.load(type, id, {}, call))?.resource;
  const read = resource && (await members.read(resource, { after: told.after, limit: membersOf(snapshot, MORE_EVENTS) }, call));
  if (resource && read) yield* tellMembers(snapshot, { resource, next: { type, after: id } }, told, read);
}

async function* tellMembers(snapshot: Snapshot, group: Found, from: GroupTold, first: MembersRead): AsyncGenerator<Placed> {
  const { resource, next } = group;
  let told = from;
  let read: MembersRead | undefined = first;
  while (read !== undefined) {
    const { ids, seen, isLast }: MembersRead = read;
    for (let at = 0; at < ids.length; at += IDS_OF_AN_EVENT) {
      const members = ids.slice(at, at + IDS_OF_AN_EVENT);
      const isRead = at + IDS_OF_AN_EVENT >= ids.length;
      told = { ...told, told: told.told + 1, after: isRead ? seen : members.at(-1) };
      const place = { type: resource.type, after: resource.id, group: told };
      yield { event: membersSnapshot(snapshot, resource, told, members), next: isRead && isLast ? next : place };
    }
    if (isLast) return;
    if (ids.length === 0) yield { next: { type: resource.type, after: resource.id, group: { ...told, after: seen } } };
    read = await snapshot.members.read(resource, { after: seen, limit: membersOf(snapshot, MORE_EVENTS) }, snapshot.call);
  }
}

/** No more than are still wanted. */
const membersOf = ({ left }: Snapshot, events: number): number => Math.max(1, Math.min(events, left())) * IDS_OF_AN_EVENT;
