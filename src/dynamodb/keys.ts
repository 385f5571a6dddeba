import { createHash } from 'node:crypto';
import type { IndexEntry, KeptEntry } from '../directory/resource.ts';
import { ScimError } from '../scim/errors.ts';

/**
 * Every primary key the table holds is built here, and nowhere else.
 *
 *   entity          pk                                           sk
 *   resource        <Type>#<shard>                               <id>
 *   unique value    Unique#<Type>#<attribute>[@<app>]#<value>    Unique
 *   look-up value   Lookup#<Type>#<attribute>[@<app>]#<value>    <id>
 *   membership      Group#<groupId>#Members#<slice>              <memberId>
 *   reverse         Member#<memberId>#Groups                     <groupId>
 *   alive           Member#<id>#Groups                           !
 *   counter         Count#<Type>                                 0-15
 *   seats           Seats                                        <Type>
 *   tombstone       Removed#<Type>                               <id>
 *   its relations   Removed#<id>#Members#<slice>                 Group#<groupId> | Member#<memberId>
 *   past removal    Removed#<id>#Past                            <version>
 *   kept user       Kept#<Type>#<attribute>#<value>              <app>#<externalId>
 *   outbox          Outbox#<Type>                                <id>
 *   restored        Restored#<Type>                              <id>
 *   nesting         Outbox#<Type>                                !nested
 *   nested group    Group#<groupId>#Nested                       <memberId>
 *   large change    Change                                       <changeId>
 *   its manifest    Group#<groupId>#Change#<changeId>            0000 …
 *   bookmark        Bookmark#<Type>                              Reader#<reader>
 *   application     Settings                                     Application#<key>
 *   schemas         Settings                                     Schemas
 *   last use        Settings                                     LastUsed#<credential>
 *   expiry warning  Settings                                     ExpiryWarning#<credential>#<days>
 *   used assertion  Assertion#<issuer>#<assertionId>             Used
 *   backfill        Settings                                     Backfill#<name>
 *   brake           Brake#<application>                          Brake
 *   events          Feed                                         <generation>#<position>
 *   generation      Feed                                         !
 */
export type TableKey = { readonly pk: string; readonly sk: string };

/** Sorts before every UUID, so that one key range holds the groups and leaves the alive row out. */
export const ALIVE = '!';

/** Says among the outbox items of a type that groups of it are in others; no id, and so no work. */
const NESTED = '!nested';

/** A busy group's member rows are spread over this many partition keys, and so are those kept of a removed one. */
export const SLICES = ['0', '1', '2', '3'] as const;

/** The sort keys of the backfills among the settings: `$` comes right behind `#`, and no escape begins with it. */
export const BACKFILLS = { from: 'Backfill#', upTo: 'Backfill$' } as const;

const ONLY_SHARD = '0';

const SHORTENED = '%sha256%';
const SEGMENT_LIMIT_BYTES = 512;
const RESOURCES = /^[^#]+#\d+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Says whether the string can be an id of ours; RFC 7643 §3.1 makes ids case-exact, and ours are lower case. */
export const isId = (id: string): boolean => UUID.test(id);

/** Says whether rows of resources are in this partition; the brake of an application may be named alike. */
export const isResourcePartition = (pk: string): boolean => RESOURCES.test(pk);

const lastDigit = (id: string): number => Number.parseInt(id.slice(-1), 16);

/** Which part of a collection holds an id: some of its random bits are its bucket for ever, and every bucket lives in the one shard there is today. */
const shardOf = (_id: string): string => ONLY_SHARD;

const sliceOf = (memberId: string): string => String(lastDigit(memberId) % SLICES.length);

/**
 * Makes a string safe as one segment of a key, so that different strings stay different.
 *
 * `%` leads every escape, so the mark of a shortened value cannot be the escape of anything else.
 */
function segment(value: string, reserved: RegExp = /[#%]/g): string {
  if (!value.isWellFormed()) throw new ScimError('invalidValue', 'A value holds half of a surrogate pair, which is not valid Unicode.');
  const escaped = value.replace(reserved, encodeURIComponent);
  if (Buffer.byteLength(escaped) <= SEGMENT_LIMIT_BYTES) return escaped;
  return `${SHORTENED}${createHash('sha256').update(value, 'utf8').digest('hex')}`;
}

/** Says whether a value was too long for this key, which then only carries its digest. */
export const isShortened = ({ pk }: TableKey): boolean => pk.includes(SHORTENED);

const name = (value: string): string => segment(value, /[#%@]/g);

function indexed(prefix: 'Unique' | 'Lookup' | 'Kept', type: string, { attribute, application, value }: IndexEntry): string {
  const scope = application === undefined ? '' : `@${name(application)}`;
  return `${prefix}#${name(type)}#${name(attribute)}${scope}#${segment(value)}`;
}

/** Partition keys that are queried as a whole. */
export const partitionOf = {
  resources: (type: string): string => `${name(type)}#${ONLY_SHARD}`,
  lookup: (type: string, entry: IndexEntry): string => indexed('Lookup', type, entry),
  members: (groupId: string, slice: string): string => `Group#${segment(groupId)}#Members#${slice}`,
  groups: (memberId: string): string => `Member#${segment(memberId)}#Groups`,
  nested: (groupId: string): string => `Group#${segment(groupId)}#Nested`,
  changes: (): string => 'Change',
  manifest: (groupId: string, changeId: string): string => `Group#${segment(groupId)}#Change#${segment(changeId)}`,
  tombstones: (type: string): string => `Removed#${name(type)}`,
  removedRelations: (id: string, slice: string): string => `Removed#${segment(id)}#Members#${slice}`,
  counters: (type: string): string => `Count#${name(type)}`,
  outbox: (type: string): string => `Outbox#${name(type)}`,
  restored: (type: string): string => `Restored#${name(type)}`,
  settings: (): string => 'Settings',
  feed: (): string => 'Feed',
} as const;

export const keyOf = {
  resource: (type: string, id: string): TableKey => ({ pk: `${name(type)}#${shardOf(id)}`, sk: id }),
  unique: (type: string, entry: IndexEntry): TableKey => ({ pk: indexed('Unique', type, entry), sk: 'Unique' }),
  lookup: (type: string, entry: IndexEntry, id: string): TableKey => ({ pk: partitionOf.lookup(type, entry), sk: id }),
  membership: (groupId: string, memberId: string): TableKey => ({ pk: partitionOf.members(groupId, sliceOf(memberId)), sk: memberId }),
  reverse: (memberId: string, groupId: string): TableKey => ({ pk: partitionOf.groups(memberId), sk: groupId }),
  alive: (id: string): TableKey => ({ pk: partitionOf.groups(id), sk: ALIVE }),
  counter: (type: string, id: string): TableKey => ({ pk: partitionOf.counters(type), sk: String(lastDigit(id)) }),
  counterAt: (type: string, place: number): TableKey => ({ pk: partitionOf.counters(type), sk: String(place) }),
  seats: (type: string): TableKey => ({ pk: 'Seats', sk: name(type) }),
  tombstone: (type: string, id: string): TableKey => ({ pk: partitionOf.tombstones(type), sk: id }),
  removedRelation: (id: string, role: 'Group' | 'Member', other: string): TableKey => ({
    pk: partitionOf.removedRelations(id, sliceOf(other)),
    sk: `${role}#${other}`,
  }),
  pastRemoval: (id: string, version: number): TableKey => ({ pk: `Removed#${segment(id)}#Past`, sk: String(version) }),
  kept: (type: string, entry: KeptEntry): TableKey => ({
    pk: indexed('Kept', type, entry.name),
    sk: `${name(entry.application)}#${segment(entry.externalId)}`,
  }),
  outbox: (type: string, id: string): TableKey => ({ pk: partitionOf.outbox(type), sk: id }),
  restored: (type: string, id: string): TableKey => ({ pk: partitionOf.restored(type), sk: id }),
  nesting: (type: string): TableKey => ({ pk: partitionOf.outbox(type), sk: NESTED }),
  nestedGroup: (groupId: string, memberId: string): TableKey => ({ pk: partitionOf.nested(groupId), sk: memberId }),
  change: (changeId: string): TableKey => ({ pk: partitionOf.changes(), sk: changeId }),
  manifest: (groupId: string, changeId: string, chunk: number): TableKey => ({
    pk: partitionOf.manifest(groupId, changeId),
    sk: String(chunk).padStart(4, '0'),
  }),
  bookmark: (type: string, reader: string): TableKey => ({ pk: `Bookmark#${name(type)}`, sk: `Reader#${segment(reader)}` }),
  application: (key: string): TableKey => ({ pk: 'Settings', sk: `Application#${segment(key)}` }),
  /** All of them: the partition, and what their sort keys begin with. */
  applications: () => ({ pk: 'Settings', prefix: 'Application#' }),
  schemas: (): TableKey => ({ pk: 'Settings', sk: 'Schemas' }),
  /** Sorted by generation, then by position. */
  events: (generation: number, position: number): TableKey => ({
    pk: partitionOf.feed(),
    sk: `${String(generation).padStart(6, '0')}#${String(position).padStart(12, '0')}`,
  }),
  /** How often the log of events has begun anew; sorts before all of it. */
  generation: (): TableKey => ({ pk: partitionOf.feed(), sk: '!' }),
  brake: (application: string): TableKey => ({ pk: `Brake#${segment(application)}`, sk: 'Brake' }),
  lastUse: (credential: string): TableKey => ({ pk: 'Settings', sk: `LastUsed#${segment(credential)}` }),
  expiryWarning: (credential: string, days: number): TableKey => ({ pk: 'Settings', sk: `ExpiryWarning#${segment(credential)}#${days}` }),
  backfill: (called: string): TableKey => ({ pk: partitionOf.settings(), sk: `${BACKFILLS.from}${segment(called)}` }),
  assertion: (issuer: string, assertionId: string): TableKey => ({
    pk: `Assertion#${segment(issuer)}#${segment(assertionId)}`,
    sk: 'Used',
  }),
} as const;

/** Parts of partitions that are queried as a whole; `$` comes right behind `#`. */
export const rangeOf = {
  lastUses: () => ({ pk: 'Settings', from: 'LastUsed#', upTo: 'LastUsed$' }),
} as const;
