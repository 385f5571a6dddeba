import { AdminRefusal } from '../../../access/admin-refusal.ts';
import type { RequestOf } from '../../../access/admin-request.ts';
import { type Administered, eventOf } from '../../../access/administration.ts';
import type { Registry, ResourceType } from '../../../scim/schema/resource-type.ts';
import type { OpenedDirectory } from '../../operator/administration.ts';
import { seek } from '../../operator/seek.ts';
import { subjectIn } from '../../operator/summarise.ts';
import type { StoreCall } from '../../ports.ts';
import { typeNamed } from '../../removed/find-removed.ts';
import type { FeedAdministration } from './administration.ts';
import type { AnnouncedResources } from './answers.ts';

/** Told of in one step, of which there are as many as are asked for. */
const STEP_RESOURCES = 500;

type Request = RequestOf<'events.announce'>;

/**
 * Has it told what a resource is now, whatever was told of it before; or one step of all resources, of one type or of every type.
 *
 * @throws {AdminRefusal} there is no such type or resource
 */
export async function announceResources(
  feed: FeedAdministration,
  request: Request,
  call: StoreCall,
): Promise<Administered<AnnouncedResources>> {
  const opened = await feed.open(call);
  const { resource } = request;
  if (resource === undefined) return announceAll(feed, opened, request, call);
  const type = typeNamed(opened.registry, request.type ?? 'User');
  const about = subjectIn(type, (await seek(opened, type, resource, call)).resource);
  await announce(feed, type, [about.resourceId]);
  return { result: { announced: 1 }, event: eventOf(request, new Date(feed.now()), { resourceType: type.name, ...about }) };
}

/** Type by type, those that are there and then those that were removed: a removal may be what somebody has lost. */
async function announceAll(
  feed: FeedAdministration,
  { registry, directory: { store } }: OpenedDirectory,
  request: Request,
  call: StoreCall,
): Promise<Administered<AnnouncedResources>> {
  const places = placesOf(registry, request.type);
  const [place, after] = placeOf(places, request.cursor);
  const { type, isRemoved } = place;
  const { ids, isLast } = await (isRemoved ? removedBehind : thereBehind)(store, type, after, call);
  await announce(feed, type, ids);
  const next = isLast ? places[places.indexOf(place) + 1] : place;
  const cursor = next && `${nameOf(next)}/${isLast ? FIRST_ID : (ids.at(-1) ?? after)}`;
  return {
    result: { announced: ids.length, ...(cursor !== undefined && { cursor }) },
    event: eventOf(request, new Date(feed.now()), {
      resourceType: type.name,
      counts: { resources: ids.length },
      ...(request.cursor !== undefined && { continued: true }),
    }),
  };
}

/** Comes before the id of any resource. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

type Place = { readonly type: ResourceType; readonly isRemoved: boolean };

function placesOf(registry: Registry, named: string | undefined): readonly Place[] {
  const types = named === undefined ? registry : [typeNamed(registry, named)];
  return types.flatMap((type) => [false, true].map((isRemoved) => ({ type, isRemoved })));
}

/** How a cursor calls it. */
const nameOf = ({ type, isRemoved }: Place): string => (isRemoved ? `${type.name}/removed` : type.name);

function placeOf(places: readonly Place[], cursor: string | undefined): readonly [place: Place, after: string] {
  const [, name, after = FIRST_ID] = /^(.*)\/([^/]*)$/.exec(cursor ?? '') ?? [];
  const place = name === undefined ? places[0] : places.find((each) => nameOf(each) === name);
  if (place === undefined) throw new AdminRefusal('The cursor is that of a resource type that is not meant: begin without one.');
  return [place, after];
}

type Found = { readonly ids: readonly string[]; readonly isLast: boolean };
type Store = OpenedDirectory['directory']['store'];

async function thereBehind(store: Store, { name }: ResourceType, after: string, call: StoreCall): Promise<Found> {
  const { loaded, isLast } = await store.slice(name, { limit: STEP_RESOURCES, after }, {}, call);
  return { ids: loaded.map(({ resource }) => resource.id), isLast };
}

async function removedBehind(store: Store, { name }: ResourceType, after: string, call: StoreCall): Promise<Found> {
  const ids: string[] = [];
  for await (const removed of store.listRemoved(name, call, after)) {
    ids.push(...removed.map(({ resource }) => resource.id));
    if (ids.length >= STEP_RESOURCES) return { ids, isLast: false };
  }
  return { ids, isLast: true };
}

const announce = ({ queue }: FeedAdministration, { name: type }: ResourceType, ids: readonly string[]): Promise<void> =>
  queue.send(ids.map((id) => ({ work: { kind: 'announce', type, id }, delaySeconds: 0 })));
