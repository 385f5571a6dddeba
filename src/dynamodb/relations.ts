import { exceeds, type Include, type Loaded, type StoreCall } from '../directory/ports.ts';
import type { GroupReference, Member, StoredResource } from '../directory/resource.ts';
import { type Attributes, text } from './item.ts';
import { ALIVE, isId, keyOf, partitionOf, SLICES } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { type Outbox, readOutbox } from './outbox.ts';
import { toMember, toReverse } from './rows.ts';
import type { TableClient } from './table-client.ts';

export type Relations = Omit<Loaded, 'resource'>;

/** Reads what resources have beside their own rows. */
export type RelationsReader = (id: string) => Promise<Relations>;

/** Prepares to read the relations of any number of resources in one round trip; the outbox is read once for all of them. */
export function relationsReader(table: TableClient, types: MembershipTypes, include: Include, call: StoreCall): RelationsReader {
  const { groups = false, members = false } = include;
  if (!groups && !members) return async () => ({});
  let outbox: Promise<Outbox> | undefined;
  return async (id) => {
    outbox ??= readOutbox(table, members ? types.all : types.groups, call);
    const [memberOf, has] = await Promise.all([
      groups ? groupsOf(table, id, outbox, call) : undefined,
      members ? readMembers(table, types, id, members, outbox, call) : undefined,
    ]);
    return { ...(memberOf && { groups: memberOf }), ...(has && { members: has }) };
  };
}

export const joined = async (resource: StoredResource, relations: Promise<Relations>): Promise<Loaded> => ({
  resource,
  ...(await relations),
});

/** Lists the groups a resource is in; one that is removed no longer counts, whatever rows are still to be swept. */
export async function groupsOf(
  table: TableClient,
  id: string,
  outbox: Promise<Outbox>,
  call: StoreCall,
): Promise<readonly GroupReference[]> {
  const [rows, { isRemoved, displayOf }] = await Promise.all([table.all({ pk: partitionOf.groups(id), after: ALIVE }, call), outbox]);
  return rows
    .map(toReverse)
    .filter(({ groupId }) => !isRemoved(groupId))
    .map((row) => {
      const display = displayOf(row);
      return { value: row.groupId, ...(display !== undefined && { display }) };
    });
}

/** A member of a type that is no more is none: nothing in the outbox is looked for that would tell whether it was removed. */
async function readMembers(
  table: TableClient,
  types: MembershipTypes,
  id: string,
  which: Exclude<Include['members'], false | undefined>,
  outbox: Promise<Outbox>,
  call: StoreCall,
): Promise<readonly Member[] | undefined> {
  const [{ isRemoved }, rows] = await Promise.all([outbox, readMemberRows(table, id, which, call)]);
  const members = rows.map(toMember).filter(({ value, type }) => types.all.includes(type) && !isRemoved(value));
  return exceeds(which, members.length) ? undefined : members;
}

/** Where only so many are wanted, each slice is read to one beyond: enough to know whether there are more. */
async function readMemberRows(
  table: TableClient,
  id: string,
  which: Exclude<Include['members'], false | undefined>,
  call: StoreCall,
): Promise<readonly Attributes[]> {
  if (which === true || 'atMost' in which) {
    const limit = which === true ? {} : { limit: which.atMost + 1 };
    return (await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.members(id, slice), ...limit }, call)))).flat();
  }
  return table.getMany(
    which.filter(isId).map((memberId) => keyOf.membership(id, memberId)),
    call,
  );
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
