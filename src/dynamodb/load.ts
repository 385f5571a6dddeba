import { type Include, type Loaded, type LoadedForChange, type StoreCall, wantsAllMembers } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { type Attributes, text } from './item.ts';
import { isId, keyOf, type TableKey } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { joined, relationsReader } from './relations.ts';
import { toMember, toResource } from './rows.ts';
import { counts, countsWhenDead } from './staged/marks.ts';
import type { TableClient } from './table-client.ts';

/**
 * Reads one resource and its relations, all at the same time but for all the members of a group: it is shown and decided on
 * as it was with them.
 */
export async function load(
  table: TableClient,
  types: MembershipTypes,
  type: string,
  id: string,
  include: Include,
  call: StoreCall,
): Promise<Loaded | undefined> {
  if (!isId(id)) return undefined;
  const relationsOf = relationsReader(table, types, include, call);
  const reading = table.get(keyOf.resource(type, id), call);
  const [row, relations] = await Promise.all([
    reading,
    wantsAllMembers(include) ? reading.then((group) => group && relationsOf(toResource(type, group))) : relationsOf({ type, id }),
  ]);
  const isGone = wantsAllMembers(include) && relations?.resource === undefined;
  return row && !isGone ? { resource: toResource(type, row), ...relations } : undefined;
}

/** Reads several resources and their relations as `load` does, all at the same time, in the order of `ids`. */
export async function loadMany(
  table: TableClient,
  types: MembershipTypes,
  type: string,
  ids: readonly string[],
  include: Include,
  call: StoreCall,
): Promise<readonly Loaded[]> {
  const known = [...new Set(ids)].filter(isId);
  const relationsOf = relationsReader(table, types, include, call);
  const reading = table.getMany(
    known.map((id) => keyOf.resource(type, id)),
    call,
  );
  const resourcesById = reading.then((rows) => new Map(rows.map((row) => [text(row, 'sk'), toResource(type, row)])));
  const relateAll = (found: ReadonlyMap<string, StoredResource>) =>
    Promise.all(known.map((id) => relationsOf(found.get(id) ?? { type, id })));
  const [byId, relations] = await Promise.all([
    resourcesById,
    wantsAllMembers(include) ? resourcesById.then(relateAll) : relateAll(new Map()),
  ]);
  return known.flatMap((id, index) => {
    const resource = byId.get(id);
    return resource ? [{ resource, ...relations[index] }] : [];
  });
}

/** Joins their relations to resources just read. */
export function relate(
  table: TableClient,
  types: MembershipTypes,
  resources: readonly StoredResource[],
  include: Include,
  call: StoreCall,
): Promise<readonly Loaded[]> {
  const relationsOf = relationsReader(table, types, include, call);
  return Promise.all(resources.map((resource) => joined(resource, relationsOf(resource))));
}

/**
 * Reads what a change of some members must know, in one round trip and two units a member.
 *
 * A member's row counts only with its alive row: a removed resource is no member, whether its rows are swept or not.
 */
export async function loadForMemberChange(
  table: TableClient,
  type: string,
  id: string,
  memberIds: readonly string[],
  call: StoreCall,
): Promise<LoadedForChange | undefined> {
  if (!isId(id)) return undefined;
  const ids = [...new Set(memberIds)].filter(isId);
  const own = keyOf.resource(type, id);
  const rows = await table.getMany([own, ...ids.map(keyOf.alive), ...ids.map((memberId) => keyOf.membership(id, memberId))], call);
  const byKey = new Map(rows.map((row) => [joinedKey({ pk: text(row, 'pk'), sk: text(row, 'sk') }), row]));
  const find = (key: TableKey): Attributes | undefined => byKey.get(joinedKey(key));
  const group = find(own);
  if (!group) return undefined;
  const resource = toResource(type, group);
  const alive = ids.flatMap((memberId) => withRow(memberId, find(keyOf.alive(memberId))));
  const isMember = (row: Attributes | undefined): boolean =>
    row !== undefined && (counts(row, resource.change ?? {}) ?? countsWhenDead(row));
  const memberRows = alive.flatMap(([memberId]) => withRow(memberId, find(keyOf.membership(id, memberId))));
  const members = memberRows.filter(([, row]) => isMember(row));
  return {
    resource,
    members: new Map(members.map(([memberId, row]) => [memberId, toMember(row)])),
    aliveTypes: new Map(alive.map(([memberId, row]) => [memberId, text(row, 'type')])),
  };
}

const joinedKey = ({ pk, sk }: TableKey): string => `${pk}\n${sk}`;

const withRow = (id: string, row: Attributes | undefined): readonly (readonly [string, Attributes])[] => (row ? [[id, row]] : []);
