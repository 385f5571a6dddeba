import type { JsonObject } from '../scim/json.ts';

/** A resource as the directory keeps it, without members and groups, which are rows of their own. */
export type StoredResource = {
  /** Name of the resource type, `User`. */
  readonly type: string;
  /** UUIDv7 in lower case, so that the order of ids is the order of creation. */
  readonly id: string;
  /** Counts committed changes of this resource from 1; the ETag. */
  readonly version: number;
  /** Of a group: the version that last changed its name. Kept by the store; copy it along. */
  readonly nameVersion?: number;
  /** Of a group: the large change of its members that is under way, and the last one committed. Kept by the store; copy it along. */
  readonly change?: ChangeState;
  /** How often something was told of it that made no new version. Kept by the store; copy it along. */
  readonly said?: number;
  /** Of a user that is disabled: it is counted as such, and takes no seat. Kept by the store; copy it along. */
  readonly seat?: 'free';
  /** ISO 8601 in UTC, milliseconds. */
  readonly created: string;
  readonly lastModified: string;
  /** Key of the application that created it. */
  readonly createdBy: string;
  /** Digest of the bulk operation that created it: the same operation, sent again, finds its own work by it. */
  readonly createdAs?: string;
  /** `externalId` by application: RFC 7643 §3.1 scopes it to the provisioning client. */
  readonly externalIds: Readonly<Record<string, string>>;
  /** What the client wrote, by canonical attribute name; extensions under their URN; no id, meta, schemas, externalId, members or groups. */
  readonly attributes: JsonObject;
  /** What the mapping of the application that created it makes of it; absent where there is no mapping. Never seen over SCIM. */
  readonly profile?: Profile;
};

/** A resource by the vendor's own attribute names. */
export type Profile = {
  /** Says which mapping made it: another one makes it out of date. */
  readonly revision: string;
  readonly values: JsonObject;
};

/**
 * Where a group stands with changes too large for one transaction. Such a change is staged beside what holds, committed by
 * one write, and finished afterwards.
 */
export type ChangeState = {
  /** The change under way. */
  readonly id?: string;
  readonly phase?: 'staging' | 'committed' | 'undoing';
  /** The last one committed. */
  readonly last?: string;
};

/** One member of a group. */
export type Member = {
  readonly value: string;
  /** Resource type of the member, read from the directory, never taken from the client. */
  readonly type: string;
  /** The display text the client sent with it. */
  readonly display?: string;
};

/** One group a resource belongs to. */
export type GroupReference = {
  readonly value: string;
  readonly display?: string;
  /** It belongs to a group that does, not to this one itself. */
  readonly isIndirect?: true;
};

/** A value under which a resource can be found by one key: a unique value, or a look-up value. */
export type IndexEntry = {
  /** Dotted attribute path, `emails.value`; for `externalId` the entry also names its application. */
  readonly attribute: string;
  /** Folded unless the attribute is caseExact. */
  readonly value: string;
  readonly application?: string;
};

/** All the keys one resource is found by. */
export type IndexEntries = { readonly unique: readonly IndexEntry[]; readonly lookup: readonly IndexEntry[] };

/**
 * So many values one resource may be found by: a transaction has 100 writes, and its removal, which frees them all, needs
 * five more.
 */
export const MOST_ENTRIES = 90;

/** What a user that is kept after a DELETE is known by when the same person returns: its name, and what an application calls it. */
export type KeptEntry = { readonly name: IndexEntry; readonly application: string; readonly externalId: string };

/** No attribute of a client can have this name (RFC 7643 §2.1). */
const MARK = '$createdAs';

/** The entry under which a resource is found by the bulk operation that created it. */
export const markEntry = (mark: string): IndexEntry => ({ attribute: MARK, value: mark });

export const isMarkEntry = ({ attribute }: IndexEntry): boolean => attribute === MARK;

/** The type whose `active` says whether somebody may use the service (RFC 7643 §4.1.1). */
export const USER = 'User';

/** What is not said to be inactive is active. */
export const isActive = ({ attributes }: Pick<StoredResource, 'attributes'>): boolean => attributes['active'] !== false;
