import type { JsonObject } from '../../scim/json.ts';

/** What happened to a user, or to a resource of a type that is neither users nor groups. */
const OF_RESOURCES = ['created', 'updated', 'removed', 'restored', 'snapshot'] as const;

/**
 * Every type of event. One may be added; none is ever taken away or given another meaning.
 *
 * `snapshot`: this is what the resource is now, whatever was said of it before. That of a group voids what was said of its
 * members, and theirs follow.
 */
export const EVENT_TYPES = [
  'user.created',
  'user.updated',
  'user.deactivated',
  'user.reactivated',
  'user.removed',
  'user.restored',
  'user.snapshot',
  'group.created',
  'group.updated',
  'group.renamed',
  'group.removed',
  'group.restored',
  'group.snapshot',
  'members.added',
  'members.removed',
  ...OF_RESOURCES.map((what) => `resource.${what}` as const),
] as const;

type EventType = (typeof EVENT_TYPES)[number];

/** So many ids are in one event at most. */
export const IDS_OF_AN_EVENT = 200;

/** One thing that happened to one resource, as it is told to whoever follows the directory. */
export type ChangeEvent = {
  /** The same whenever the event is told again: `<resource id>.<version>.<part>`. */
  readonly id: string;
  readonly type: EventType;
  readonly tenant: string;
  /** Key of the application that made the change, or `administration`; absent where the service itself tells it. */
  readonly application?: string;
  readonly resourceType: string;
  readonly resourceId: string;
  /** Of the resource, as of this change; that of a removal is one above that of what was removed. */
  readonly version: number;
  /** Of several events of one version, a later one has a higher part. */
  readonly part: number;
  /** ISO 8601 in UTC, when it was committed. */
  readonly time: string;
  /** Of the request that made the change, as in the log; absent where the service itself did. */
  readonly requestId?: string;
  /** Changed attribute paths. */
  readonly paths?: readonly string[];
  /** Whether a user is active as of this change. */
  readonly active?: boolean;
  /** What the resource is as of this change, by the vendor's attribute names, or SCIM's where there is no mapping; only where the operator lets values out. */
  readonly profile?: JsonObject;
  /** There is a profile, but too large for an event: read the resource. */
  readonly profileOmitted?: true;
  /** Ids of members, of `members.added` and `members.removed`: at most 200. */
  readonly members?: readonly string[];
};

/** Says whether an event comes after what is known of its resource; any other is a repeat. */
export const isLater = (event: Pick<ChangeEvent, 'version' | 'part'>, known: Pick<ChangeEvent, 'version' | 'part'>): boolean =>
  event.version > known.version || (event.version === known.version && event.part > known.part);
