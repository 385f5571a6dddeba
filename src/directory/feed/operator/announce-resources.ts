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

async function announceAll(
  feed: FeedAdministration,
  { registry, directory: { store } }: OpenedDirectory,
  request: Request,
  call: StoreCall,
): Promise<Administered<AnnouncedResources>> {
  const types = typesOf(registry, request.type);
  const [type, after] = placeOf(types, request.cursor);
  const part = { limit: STEP_RESOURCES, ...(after !== undefined && { after }) };
  const { loaded, isLast } = await store.slice(type.name, part, {}, call);
  const ids = loaded.map(({ resource }) => resource.id);
  await announce(feed, type, ids);
  const next = isLast ? types[types.indexOf(type) + 1] : type;
  const cursor = next && `${next.name}/${isLast ? FIRST_ID : (ids.at(-1) ?? after)}`;
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

const typesOf = (registry: Registry, named: string | undefined): Registry =>
  named === undefined ? registry : [typeNamed(registry, named)];

function placeOf(types: Registry, cursor: string | undefined): readonly [type: ResourceType, after: string | undefined] {
  const [name, after] = cursor?.split('/') ?? [types[0]?.name];
  const type = types.find((each) => each.name === name);
  if (type === undefined) throw new AdminRefusal('The cursor is that of a resource type that is not meant: begin without one.');
  return [type, after];
}

const announce = ({ queue }: FeedAdministration, { name: type }: ResourceType, ids: readonly string[]): Promise<void> =>
  queue.send(ids.map((id) => ({ work: { kind: 'announce', type, id }, delaySeconds: 0 })));
