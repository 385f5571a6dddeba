import { exceeds, type Include, type Loaded, type StoreCall } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { type GroupReferencesReader, groupReferencesReader } from './group-references.ts';
import { type Attributes, text } from './item.ts';
import { isId, keyOf, partitionOf, SLICES } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { type Outbox, readOutbox } from './outbox.ts';
import { toMember, toResource } from './rows.ts';
import { markIn } from './staged/marks.ts';
import { readSettled } from './staged/read-rows.ts';
import type { TableClient } from './table-client.ts';

/** With the group itself where that was read once more, together with its members. */
export type Relations = Omit<Loaded, 'resource'> & Partial<Pick<Loaded, 'resource'>>;

/** Whose relations are read; where it stands, if it has been read already. */
type Owner = Pick<StoredResource, 'type' | 'id' | 'change'> & Partial<Pick<StoredResource, 'version'>>;

/** Reads what resources have beside their own rows. */
export type RelationsReader = (owner: Owner) => Promise<Relations>;

/** Prepares to read the relations of any number of resources in one round trip; the outbox is read once for all of them. */
export function relationsReader(table: TableClient, types: MembershipTypes, include: Include, call: StoreCall): RelationsReader {
  const { groups = false, members = false } = include;
  if (!groups && !members) return async () => ({});
  let shared: { readonly outbox: Promise<Outbox>; readonly groupsOf: GroupReferencesReader } | undefined;
  const open = () => {
    const outbox = readOutbox(table, members ? types.all : types.groups, call);
    return { outbox, groupsOf: groupReferencesReader(table, outbox, call) };
  };
  return async (owner) => {
    shared ??= open();
    const [memberOf, has] = await Promise.all([
      groups ? shared.groupsOf(owner.id) : undefined,
      members ? readMembers(table, types, owner, members, shared.outbox, call) : undefined,
    ]);
    return { ...(memberOf && { groups: memberOf }), ...has };
  };
}

export const joined = async (resource: StoredResource, relations: Promise<Relations>): Promise<Loaded> => ({
  resource,
  ...(await relations),
});

type Which = Exclude<Include['members'], false | undefined>;

type Members = Pick<Relations, 'members' | 'resource'>;

/**
 * A member of a type that is no more is none: nothing in the outbox is looked for that would tell whether it was removed.
 *
 * Where only so many are wanted, and some of the rows that were read do not count, so many more are read.
 */
async function readMembers(
  table: TableClient,
  types: MembershipTypes,
  group: Owner,
  which: Which,
  outbox: Promise<Outbox>,
  call: StoreCall,
  uncounted = 0,
): Promise<Members> {
  const most = which === true || !('atMost' in which) ? Infinity : which.atMost + uncounted;
  const [{ isRemoved }, { rows, read, isCut, row }] = await Promise.all([outbox, readMemberRows(table, group, which, most, call)]);
  const members = rows.map(toMember).filter(({ value, type }) => types.all.includes(type) && !isRemoved(value));
  const resource = row && { resource: toResource(group.type, row) };
  if (exceeds(which, members.length)) return { ...resource };
  return isCut ? readMembers(table, types, group, which, outbox, call, read - members.length) : { ...resource, members };
}

type Read = {
  readonly rows: readonly Attributes[];
  /** How many rows there were, those included that do not count. */
  readonly read: number;
  readonly isCut: boolean;
  /** The group's own row as it was with these. */
  readonly row?: Attributes | undefined;
};

/** A few by their keys: as long as none is marked, no large change is under way that could be seen by halves. */
async function readMemberRows(table: TableClient, group: Owner, which: Which, most: number, call: StoreCall): Promise<Read> {
  if (which === true || 'atMost' in which) return readAllMemberRows(table, group, most, call);
  const keys = which.filter(isId).map((memberId) => keyOf.membership(group.id, memberId));
  const rows = await table.getMany(keys, call);
  const isSettled = rows.every((row) => markIn(row) === undefined);
  if (isSettled) return { rows, read: rows.length, isCut: false };
  const { type, id, change } = group;
  const settled = await readSettled(table, { type, id, ...(change && { change }) }, () => table.getMany(keys, call), call);
  return { rows: settled.rows, read: rows.length, isCut: false };
}

/** Reads no further than to know whether there are more than `most` rows. */
async function readAllMemberRows(table: TableClient, group: Owner, most: number, call: StoreCall): Promise<Read> {
  let slices: readonly Attributes[] = [];
  const read = async () => {
    slices = await readSlices(table, group.id, most, call);
    return slices;
  };
  const { rows, group: row } = await readSettled(table, group, read, call);
  return { rows, read: slices.length, isCut: slices.length > most, row };
}

/** From each slice at once at least; of a group with fewer members, one round is all. */
const FEWEST_AT_ONCE = 250;

type OpenSlice = { readonly pages: AsyncGenerator<readonly Attributes[]>; readonly rows: Attributes[] };

/** All slices at the same time, round by round, so that it is known before each whether there are too many already. */
async function readSlices(table: TableClient, groupId: string, most: number, call: StoreCall): Promise<readonly Attributes[]> {
  const pageSize = Math.max(FEWEST_AT_ONCE, Math.ceil((most + 1) / SLICES.length));
  const slices = SLICES.map(
    (slice): OpenSlice => ({
      pages: table.pages({ pk: partitionOf.members(groupId, slice), limit: most + 1, pageSize }, call),
      rows: [],
    }),
  );
  let open = slices;
  for (let count = 0; open.length > 0 && count <= most; ) {
    const round = await Promise.all(open.map(async (slice) => ({ slice, page: await slice.pages.next() })));
    for (const { slice, page } of round) slice.rows.push(...(page.value ?? []));
    open = round.filter(({ page }) => page.done !== true).map(({ slice }) => slice);
    count = slices.reduce((sum, { rows }) => sum + rows.length, 0);
  }
  return slices.flatMap(({ rows }) => rows);
}

/** Says which of these ids exist, with the type of each, in one round trip. */
export async function readAlive(table: TableClient, ids: readonly string[], call: StoreCall): Promise<ReadonlyMap<string, string>> {
  const rows = await table.getMany(ids.filter(isId).map(keyOf.alive), call);
  const types = new Map(rows.map((row) => [text(row, 'pk'), text(row, 'type')]));
  return new Map(
    ids.filter(isId).flatMap((id) => {
      const type = types.get(keyOf.alive(id).pk);
      return type === undefined ? [] : [[id, type]];
    }),
  );
}
