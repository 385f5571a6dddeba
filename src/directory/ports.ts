import type { CountedRemoval } from './brake/ports.ts';
import type { GroupReference, IndexEntries, IndexEntry, KeptEntry, Member, StoredResource } from './resource.ts';

/** What one request has cost the store so far; the adapter adds to it, the request line reports it. */
export type Usage = {
  calls: number;
  /** Longest chain of calls that had to wait for each other. */
  roundTrips: number;
  readUnits: number;
  writeUnits: number;
  /** Attempts beyond the first, for conflicts, throttles and lost answers. */
  retries: number;
};

/** What the store must know about the request it works for. A `RequestContext` is one. */
export type StoreCall = {
  readonly requestId: string;
  /** Epoch milliseconds past which no further attempt is begun; then the request is refused with 503. */
  readonly deadlineMs: number;
  readonly usage: Usage;
};

/** Which rows beside the resource itself a read needs. */
export type Include = {
  readonly groups?: boolean;
  /** All members, only what is known about these ids, or all if there are not more than so many. */
  readonly members?: boolean | readonly string[] | { readonly atMost: number };
};

/** Says whether these are more members than were asked for. */
export const exceeds = (wanted: Include['members'], count: number): boolean =>
  typeof wanted === 'object' && 'atMost' in wanted && count > wanted.atMost;

/** Says whether the members are read as a whole, not by their ids. */
export const wantsAllMembers = ({ members = false }: Include): boolean => members !== false && !Array.isArray(members);

export type Loaded = {
  readonly resource: StoredResource;
  readonly groups?: readonly GroupReference[];
  /** Absent also where there are more than were asked for. */
  readonly members?: readonly Member[];
};

/** A group with what a change of some members must know: those of `ids` that are members, and the type of each that exists. */
export type LoadedForChange = {
  readonly resource: StoredResource;
  readonly members: ReadonlyMap<string, Member>;
  readonly aliveTypes: ReadonlyMap<string, string>;
};

export type PageRange = {
  /** 1-based. */
  readonly startIndex: number;
  /** 1 or more. */
  readonly count: number;
  /** Whoever reads page after page: they go on where they were, whatever is removed meanwhile. */
  readonly reader: string;
};

/** Which part of a collection is wanted, in the order of ids. */
export type Slice = {
  /** Ids beyond this one. */
  readonly after?: string;
  /** Ids from this text on. */
  readonly from?: string;
  /** Ids up to and including this text. */
  readonly upTo?: string;
  /** 1 or more. */
  readonly limit: number;
};

/** What is kept of a resource that was removed. */
export type RemovedResource = {
  readonly resource: StoredResource;
  readonly removal: ChangeStamp;
  /** Epoch seconds: no restore after this; absent of one that is kept without end. */
  readonly until?: number;
};

/** What stands under a name and an external id: the id of a user that was kept, and the user itself where it still is. */
export type KeptUser = { readonly id: string; readonly removed?: RemovedResource };

/** Ids from one place of a list on. */
export type MemberIds = {
  readonly ids: readonly string[];
  /** The id up to which all have been listed. */
  readonly seen: string | undefined;
  readonly isLast: boolean;
};

/** What is remembered about the last change on the resource row. */
export type ChangeStamp = {
  readonly requestId: string;
  readonly application: string;
  /** ISO 8601. */
  readonly at: string;
  /** Changed attribute paths, no values. */
  readonly paths: readonly string[];
};

export type MemberChanges = { readonly add: readonly Member[]; readonly remove: readonly string[] };

/** So many users may be active at most, in whole, after a change that makes one active; the application is the one that says so. */
export type SeatLimit = { readonly limit: number; readonly application: string };

/** One atomic change of the directory. */
export type Change =
  | {
      readonly kind: 'create';
      readonly resource: StoredResource;
      readonly entries: IndexEntries;
      readonly members: readonly Member[];
      readonly stamp: ChangeStamp;
      readonly seats?: SeatLimit;
      /** Only if no former user is kept under this entry, or none but this id, which is no such user any more. */
      readonly former?: { readonly entry: KeptEntry; readonly except?: string };
    }
  | {
      readonly kind: 'update';
      readonly before: StoredResource;
      /** Its `version` is ignored: the store adds 1 to the committed one. */
      readonly after: StoredResource;
      readonly entriesBefore: IndexEntries;
      readonly entriesAfter: IndexEntries;
      readonly members: MemberChanges;
      /** `version`: only if the resource is as read. `exists`: members alone change, any version will do. */
      readonly expect: 'version' | 'exists';
      readonly stamp: ChangeStamp;
      readonly seats?: SeatLimit;
    }
  | {
      readonly kind: 'delete';
      readonly before: StoredResource;
      readonly entries: IndexEntries;
      /** By what the same person finds it again: it is kept without end then, and not only for so long. */
      readonly keptAs?: readonly KeptEntry[];
      /** It was created by the same request, which has failed since. */
      readonly takesBack?: true;
      readonly stamp: ChangeStamp;
    }
  | {
      readonly kind: 'restore';
      /** As `loadRemoved` gave it. */
      readonly before: StoredResource;
      /** What it comes back as, where that is not as it was; its `version` is ignored. */
      readonly after?: StoredResource;
      /** Those of the resource that comes back. */
      readonly entries: IndexEntries;
      /** What it may be kept under. */
      readonly keptAs?: readonly KeptEntry[];
      readonly seats?: SeatLimit;
      readonly stamp: ChangeStamp;
    };

/**
 * Thrown by `commit` when what the change was decided on is no longer so: read again, decide again.
 * It never reaches a client; the use case's loop catches it.
 */
export class StaleRead extends Error {
  override readonly name = 'StaleRead';
}

/** Thrown by `commit` when a user is to be created who is kept as a former one: who asks decides whether it is the same person. */
export class FormerKept extends Error {
  override readonly name = 'FormerKept';
}

/**
 * The tenant's directory. Every read is strongly consistent.
 *
 * All methods throw {ScimError} unavailable — the store could not be reached or stayed busy until the deadline.
 */
export interface DirectoryStore {
  /** Reads one resource with what `include` asks for, in one round trip; undefined when there is none, also for an id that is no UUID. */
  load(type: string, id: string, include: Include, call: StoreCall): Promise<Loaded | undefined>;
  /** Reads a group with the state of the given member ids, in one round trip. */
  loadForMemberChange(type: string, id: string, memberIds: readonly string[], call: StoreCall): Promise<LoadedForChange | undefined>;
  /** Says which of these ids exist, with the resource type of each. */
  aliveTypes(ids: readonly string[], call: StoreCall): Promise<ReadonlyMap<string, string>>;
  /** Finds the ids under a unique value (at most one) or a look-up value. */
  findIds(type: string, index: 'unique' | 'lookup', entry: IndexEntry, call: StoreCall): Promise<readonly string[]>;
  /** Lists the ids of the groups that have this member themselves. */
  groupIdsOf(memberId: string, call: StoreCall): Promise<readonly string[]>;
  /** Lists a group and those that may be in it, on any level; undefined where there are too many, none for an id that is no UUID. */
  groupsWithin(groupId: string, call: StoreCall): Promise<readonly string[] | undefined>;
  /** Lists the resources of a type that may be members of these groups, in the order of ids; whoever asks looks whether they are. */
  memberIds(type: string, groupIds: readonly string[], part: Pick<Slice, 'after' | 'limit'>, call: StoreCall): Promise<MemberIds>;
  /** Reads several resources, in the order of `ids`, leaving out those that are gone. */
  loadMany(type: string, ids: readonly string[], include: Include, call: StoreCall): Promise<readonly Loaded[]>;
  /** How many resources of the type there are, exactly. */
  count(type: string, call: StoreCall): Promise<number>;
  /** How many users are active, or may be: some may have been disabled without being counted so. */
  countSeats(call: StoreCall): Promise<number>;
  /** Reads a page in the order of ids, and counts them all; the same cost for every page when read in sequence. */
  page(
    type: string,
    range: PageRange,
    include: Include,
    call: StoreCall,
  ): Promise<{ readonly total: number; readonly loaded: readonly Loaded[] }>;
  /** Reads what resources that have just been read have beside their own rows, in one round trip. */
  relate(resources: readonly StoredResource[], include: Include, call: StoreCall): Promise<readonly Loaded[]>;
  /** Reads one part of the collection in the order of ids; it may end before `limit`, at about 4 MB. */
  slice(
    type: string,
    slice: Slice,
    include: Include,
    call: StoreCall,
  ): Promise<{ readonly loaded: readonly Loaded[]; readonly isLast: boolean }>;
  /** Walks the whole collection in the order of ids, a chunk at a time. */
  scan(type: string, include: Include, call: StoreCall): AsyncIterable<readonly Loaded[]>;
  /** Reads a removed resource as it was; undefined when there is none, or none any more. */
  loadRemoved(type: string, id: string, call: StoreCall): Promise<RemovedResource | undefined>;
  /** Reads what is kept under a name and an external id; undefined when there is nothing. */
  findKept(type: string, entry: KeptEntry, call: StoreCall): Promise<KeptUser | undefined>;
  /** Reads removed resources that can still be restored, in the order of ids, from the first one or behind an id. */
  listRemoved(type: string, call: StoreCall, after?: string): AsyncIterable<readonly RemovedResource[]>;
  /**
   * Commits the change as one transaction, or not at all, and returns the resource as committed (undefined for a delete).
   * A disable or removal that is to be counted is so in the same transaction.
   *
   * @throws {StaleRead} — the resource is no longer as it was read
   * @throws {FormerKept} — a former user is kept under the new one's name and external id
   * @throws {ScimError} seatLimit — as many users are active as may be
   * @throws {ScimError} uniqueness — another resource holds a unique value
   * @throws {ScimError} invalidValue — a member to be added does not exist
   * @throws {ScimError} tooLarge — the item, or the change, is larger than the store takes at once
   */
  commit(change: Change, call: StoreCall, counted?: CountedRemoval): Promise<StoredResource | undefined>;
}

/**
 * What a committed change has left to be done, named by what it is about: anyone can do it, any number of times.
 *
 * `sweep`: what an outbox item announces. `return`: the memberships of what was restored. `conclude`: a large change that
 * is committed, or that its author has left. `requeue`: find work that nobody does; `inspect`: that, and look through the whole
 * table for what contradicts itself. `backfill`: what a changed setting derives from every resource.
 *
 * `publish`: tell on the bus what stands in one item of the log of events, from number `index` on. `departures`: tell whom a
 * group had when it was removed. `announce`: tell what a resource is now; `version` is the last one known of it. `records`:
 * look at records of the table's stream that were put aside, up to the last one.
 */
export type Work =
  | { readonly kind: 'sweep'; readonly type: string; readonly id: string; readonly from?: string | undefined }
  | { readonly kind: 'return'; readonly type: string; readonly id: string }
  | { readonly kind: 'conclude'; readonly change: string }
  | { readonly kind: 'backfill'; readonly name: string }
  | { readonly kind: 'requeue' }
  | { readonly kind: 'inspect'; readonly from?: string | undefined }
  | FeedWork;

/** What is left to be told. */
export type FeedWork =
  | { readonly kind: 'publish'; readonly generation: number; readonly position: number; readonly index: number }
  | { readonly kind: 'departures'; readonly type: string; readonly id: string; readonly version: number }
  | { readonly kind: 'announce'; readonly type: string; readonly id: string; readonly version?: number | undefined }
  | { readonly kind: 'records'; readonly stream: string; readonly shard: string; readonly from: string; readonly upTo: string };

/** Work for later. */
export type Errand = { readonly work: Work; readonly delaySeconds: number };

/** What an inspection has found so far. */
export type Findings = {
  /** Items looked at. */
  readonly items: number;
  readonly memberships: number;
  /** Rows of memberships with an end that is gone, and that no outbox item explains. */
  readonly orphans: number;
  /** Outbox items and large changes that had not been dealt with, and are now to be. */
  readonly requeued: number;
  /** Users that are not disabled. */
  readonly activeUsers: number;
};

export type WorkDone = {
  /** What is left of it, or has come up. */
  readonly left: readonly Errand[];
  /** Rows moved, corrected or finished. */
  readonly rows: number;
  /** Of an inspection that has come to its end. */
  readonly findings?: Findings;
};

/** Does what requests have left to be done. Readers are right without it; it is what keeps them cheap. */
export interface Sweeper {
  /** Works until all is done, or until a little before the call's deadline. */
  perform(work: Work, call: StoreCall): Promise<WorkDone>;
}

/** Takes work to be done by others, at least once each. */
export interface WorkQueue {
  send(errands: readonly Errand[]): Promise<void>;
}

/** What a backfill is there for. */
export type BackfillPurpose = {
  /** At most one at a time goes by it, `matching/User/title`; a later one of the same name takes the place of an earlier. */
  readonly name: string;
  /** Resource type whose resources it goes through. */
  readonly type: string;
  /** Tells it from others of its name: whoever still works on one of those stops. */
  readonly revision: string;
  /** ISO 8601. */
  readonly startedAt: string;
};

/** The schemas an operator has applied, as they are kept. */
export type StoredSchemas = {
  /** Counts changes from 1. */
  readonly version: number;
  readonly text: string;
};

/** Keeps the tenant's schemas; what the text says is the use cases' business. */
export interface SchemaStore {
  /** Undefined as long as none were ever stored; an item that is damaged comes back without text. */
  read(call: StoreCall): Promise<StoredSchemas | undefined>;
  /**
   * Stores the text as the version after the one it was decided on, 0 for none, and announces a backfill with it.
   *
   * @throws {StaleRead} — another change came first
   */
  write(schemas: StoredSchemas, call: StoreCall, announced?: BackfillPurpose): Promise<void>;
}
