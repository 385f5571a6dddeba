import { exceeds, type Include, type Loaded, type StoreCall } from '../directory/ports.ts';
import type { Member, StoredResource } from '../directory/resource.ts';
import { type GroupReferencesReader, groupReferencesReader } from './group-references.ts';
import { type Attributes, text } from './item.ts';
import { isId, keyOf, partitionOf, SLICES } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { type Outbox, readOutbox } from './outbox.ts';
import { toMember } from './rows.ts';
import { markIn } from './staged/marks.ts';
import { readSettled } from './staged/read-rows.ts';
import type { TableClient } from './table-client.ts';

export type Relations = Omit<Loaded, 'resource'>;

/** Whose relations are read; where it stands with large changes, if it has been read already. */
type Owner = Pick<StoredResource, 'type' | 'id' | 'change'>;

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
    return { ...(memberOf && { groups: memberOf }), ...(has && { members: has }) };
  };
}

export const joined = async (resource: StoredResource, relations: Promise<Relations>): Promise<Loaded> => ({
  resource,
  ...(await relations),
});

type Which = Exclude<Include['members'], false | undefined>;

/** A member of a type that is no more is none: nothing in the outbox is looked for that would tell whether it was removed. */
async function readMembers(
  table: TableClient,
  types: MembershipTypes,
  group: Owner,
  which: Which,
  outbox: Promise<Outbox>,
  call: StoreCall,
): Promise<readonly Member[] | undefined> {
  const [{ isRemoved }, { rows, isCut }] = await Promise.all([outbox, readMemberRows(table, group, which, call)]);
  const members = rows.map(toMember).filter(({ value, type }) => types.all.includes(type) && !isRemoved(value));
  if (exceeds(which, members.length)) return undefined;
  // Of the rows that were read, some do not count: there may be others beyond them.
  return isCut
    ? readMembers(table, types, group, true, outbox, call).then((all = []) => (exceeds(which, all.length) ? undefined : all))
    : members;
}

type Read = { readonly rows: readonly Attributes[]; readonly isCut: boolean };

/** A few by their keys: as long as none is marked, no large change is under way that could be seen by halves. */
async function readMemberRows(table: TableClient, group: Owner, which: Which, call: StoreCall): Promise<Read> {
  if (which === true || 'atMost' in which) return readAllMemberRows(table, group, which === true ? Infinity : which.atMost, call);
  const keys = which.filter(isId).map((memberId) => keyOf.membership(group.id, memberId));
  const rows = await table.getMany(keys, call);
  const isSettled = rows.every((row) => markIn(row) === undefined);
  return { rows: isSettled ? rows : await readSettled(table, group, () => table.getMany(keys, call), call), isCut: false };
}

/** Where only so many are wanted, each slice is read to one beyond: enough to know whether there are more. */
async function readAllMemberRows(table: TableClient, group: Owner, atMost: number, call: StoreCall): Promise<Read> {
  const limit = atMost + 1;
  let isCut = false;
  const read = async () => {
    const slices = await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.members(group.id, slice), limit }, call)));
    isCut = slices.some((rows) => rows.length === limit);
    return slices.flat();
  };
  return { rows: await readSettled(table, group, read, call), isCut };
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
