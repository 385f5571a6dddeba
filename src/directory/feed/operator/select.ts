import { AdminRefusal } from '../../../access/admin-refusal.ts';
import type { RequestOf } from '../../../access/admin-request.ts';
import { seek } from '../../operator/seek.ts';
import type { StoreCall } from '../../ports.ts';
import { typeNamed } from '../../removed/find-removed.ts';
import type { ChangeEvent } from '../change-event.ts';
import type { FeedPlace } from '../ports.ts';
import type { FeedAdministration } from './administration.ts';
import { parsePlace } from './place.ts';

/** Which events are meant. */
export type Selected = {
  readonly from: FeedPlace;
  /** What was told first may have expired. */
  readonly isLate: boolean;
  /** None from here on. */
  readonly end: FeedPlace | undefined;
  readonly isWanted: (event: ChangeEvent) => boolean;
  /** For the line in the audit log, and for whoever goes on. */
  readonly about: { readonly resourceType?: string; readonly resourceId?: string };
};

const DAY_MS = 86_400_000;
/** What is asked for as far back as events are kept is no later for having been on its way. */
const LATE_MS = 60_000;

type Asked = Pick<RequestOf<'events.read' | 'events.publish'>, 'cursor' | 'since' | 'until' | 'type' | 'resource'>;

/**
 * Finds out which events are meant: from the end on, where nothing is said of a place or a time.
 *
 * @throws {AdminRefusal} there is no such type or resource, or both a place and a time are given
 */
export async function select(feed: FeedAdministration, asked: Asked, call: StoreCall): Promise<Selected> {
  const { cursor, since, until } = asked;
  if (cursor !== undefined && since !== undefined) throw new AdminRefusal('Give "since" to begin, or "cursor" to go on, not both.');
  const { log, now, settings } = feed;
  const [from, end, about] = await Promise.all([
    cursor !== undefined ? parsePlace(cursor) : since !== undefined ? log.since(new Date(since), call) : log.end(call),
    until === undefined || Date.parse(until) > now() ? undefined : log.since(new Date(until), call),
    findResource(feed, asked, call),
  ]);
  const oldestMs = now() - settings.retentionDays * DAY_MS - LATE_MS;
  const isLate = since !== undefined && Date.parse(since) < oldestMs && !isFirst(from);
  return { from, isLate, end, about, isWanted: (event) => isAbout(event, about) };
}

/** Says whether nothing has ever come before. */
const isFirst = ({ generation, position }: FeedPlace): boolean => generation <= 1 && position === 1;

/** What is told of a group's members is told of each of them as well. */
const isAbout = ({ resourceType, resourceId, members = [] }: ChangeEvent, wanted: Selected['about']): boolean =>
  wanted.resourceId === undefined
    ? wanted.resourceType === undefined || wanted.resourceType === resourceType
    : wanted.resourceId === resourceId || members.includes(wanted.resourceId);

async function findResource({ open }: FeedAdministration, { type: named, resource }: Asked, call: StoreCall): Promise<Selected['about']> {
  if (named === undefined && resource === undefined) return {};
  const opened = await open(call);
  const type = typeNamed(opened.registry, named ?? 'User');
  if (resource === undefined) return { resourceType: type.name };
  if (isId(resource)) return { resourceType: type.name, resourceId: resource.toLowerCase() };
  const { id } = (await seek(opened, type, resource, call)).resource;
  return { resourceType: type.name, resourceId: id };
}

/** Events of a resource remain when nothing else is left of it. */
const isId = (idOrName: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(idOrName);
