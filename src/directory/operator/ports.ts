import type { ChangeStamp, StoreCall } from '../ports.ts';
import type { StoredResource } from '../resource.ts';
import type { MemberRange, MembersRead } from '../transfer/ports.ts';

/** A membership of a removed resource, kept for a restore: in the group `other`, or with the member `other`. */
export type KeptMembership = {
  readonly role: 'Group' | 'Member';
  readonly other: string;
  /** The text a client sent with the member. */
  readonly display?: string;
};

/** What one part of a walk through the table did about rows that name an id. */
export type Erasure = {
  /** Items looked at. */
  readonly items: number;
  /** Rows that were deleted, or no longer name it. */
  readonly erased: number;
  /** Ids of resources whose own attributes name it: what their clients sent, and would send again. */
  readonly mentionedBy: readonly string[];
  /** Rows that others have yet to finish with: they go by themselves. */
  readonly passing: number;
  /** Where the walk goes on; undefined at its end. */
  readonly next: string | undefined;
};

/** How much is left to be done of what was asked for. */
export type WorkLeft = {
  /** Removals and renames whose consequences have not reached every row. */
  readonly announced: number;
  /** Restored resources whose memberships are still to come back. */
  readonly restored: number;
  /** Changes of many members that are not finished. */
  readonly changes: number;
};

/** What only an operator asks of the directory. Every read is strongly consistent. */
export interface RecordStore {
  /** What the resource remembers of its last change; undefined where there is none. */
  lastChange(type: string, id: string, call: StoreCall): Promise<ChangeStamp | undefined>;
  /** Reads a few thousand members at a time, as they stood at one moment. */
  membersInOrder(group: StoredResource, range: MemberRange, call: StoreCall): Promise<MembersRead>;
  /** The memberships that are kept of a removed resource. */
  keptMemberships(id: string, call: StoreCall): Promise<readonly KeptMembership[]>;
  /**
   * Gives up the removed resource: no restore from now on, and what is still to be swept of it is not kept. There may be
   * none, or none any more.
   */
  giveUp(type: string, id: string, call: StoreCall): Promise<void>;
  /** Removes the memberships that were kept, once none is left to be swept; says whether that is so. */
  giveUpKept(type: string, id: string, call: StoreCall): Promise<boolean>;
  /** Goes through the whole table from a place on, until a little before the deadline, and erases every trace of the id. */
  erase(id: string, from: string | undefined, call: StoreCall): Promise<Erasure>;
  workLeft(call: StoreCall): Promise<WorkLeft>;
}
