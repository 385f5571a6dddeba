import type { ChangeStamp, DirectoryStore, StoreCall } from '../ports.ts';
import type { IndexEntries, Member, StoredResource } from '../resource.ts';

/** What the directory has under an id. */
export type Found = {
  readonly resource?: StoredResource;
  /** It was removed: `seen` as long as some reader may still have to leave it out, `over` from then on. */
  readonly removal?: 'seen' | 'over';
  /** What was removed can still be restored. */
  readonly isKept?: true;
  /** The version that it had then, and who removed it; known for a while after it can be restored no more. */
  readonly kept?: { readonly version: number; readonly removal: ChangeStamp };
};

/** A resource that was another directory's. */
export type Arrival = {
  /** All of it is kept: id, versions, times, who created it. */
  readonly resource: StoredResource;
  readonly entries: IndexEntries;
  readonly stamp: ChangeStamp;
  /** What was found under its id. */
  readonly found: Found;
};

/** Which members of a group are read: ids beyond one, up to and including another. */
export type MemberRange = {
  readonly after?: string | undefined;
  readonly upTo?: string | undefined;
  /** So many of each slice are enough; a few thousand in all unless it is given. */
  readonly atOnce?: number;
};

export type MembersRead = {
  /** In the order of ids. */
  readonly members: readonly Member[];
  /** How far was read; undefined when there is nothing beyond. */
  readonly readUpTo: string | undefined;
};

/** The directory as a whole, for taking it elsewhere and bringing it back. */
export interface TransferStore extends Pick<DirectoryStore, 'slice' | 'count' | 'findIds' | 'aliveTypes' | 'commit'> {
  /** Says what there is under each of these ids, in two round trips. */
  look(type: string, ids: readonly string[], call: StoreCall): Promise<ReadonlyMap<string, Found>>;
  /** Reads a few thousand members at a time, as they stood at one moment. */
  membersInOrder(group: StoredResource, range: MemberRange, call: StoreCall): Promise<MembersRead>;
  /**
   * Creates resources that one row counts, with every key they are found by: in one transaction, all or none of them. What
   * was kept of one for a restore is given up.
   *
   * @throws {StaleRead} — there is a resource of such an id, or what was found under it is no longer so
   * @throws {ScimError} uniqueness, tooLarge — as `commit`
   */
  bring(arrivals: readonly Arrival[], call: StoreCall): Promise<void>;
  /**
   * Adds members that belong to the group as it is: its version and `lastModified` stay. Atomic a few at a time.
   *
   * @throws {StaleRead} — the group or a member is no longer as it was read
   */
  bringMembers(group: StoredResource, members: readonly Member[], call: StoreCall): Promise<void>;
}
