import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { DEFAULT_APPLICATION } from '../../access/application.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { Loaded, StoreCall } from '../ports.ts';
import { present } from '../present.ts';
import { typeNamed } from '../removed/find-removed.ts';
import type { Member, StoredResource } from '../resource.ts';
import { type DirectoryAdministration, type OpenedDirectory, operatorContext } from './administration.ts';
import type { ShownResource } from './answers.ts';
import { meReferences } from './me-references.ts';
import { type Sought, seek } from './seek.ts';
import { identify, isDisabled, profileOf } from './summarise.ts';

/**
 * Shows everything that is held about one resource, also about one that was removed, but the members of a group.
 *
 * @throws {AdminRefusal} when there is none, or more than one of those removed had the name
 */
export async function showResource(
  administration: DirectoryAdministration,
  request: RequestOf<'resource.show' | 'resource.export'>,
  call: StoreCall,
): Promise<Administered<ShownResource>> {
  const opened = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(opened.registry, request.type);
  const sought = await seek(opened, type, request.resource, call);
  const { resource } = sought;
  const [particulars, me] = await Promise.all([
    sought.kind === 'there' ? particularsOf(opened, type, resource, call) : keptOf(opened, type, sought, call),
    meReferences(administration.applications, resource.id, call),
  ]);
  const { loaded, ...shown } = particulars;
  return {
    result: {
      type: type.name,
      ...identify(type, resource),
      isDisabled: isDisabled(resource),
      createdBy: resource.createdBy,
      externalIds: resource.externalIds,
      ...shown,
      ...profileOf(resource),
      me,
      resource: present(type, loaded, operatorContext(call, at, DEFAULT_APPLICATION)),
    },
    event: eventOf(request, at, { resourceType: type.name, resourceId: resource.id }),
  };
}

type Particulars = Pick<ShownResource, 'groups' | 'lastChange' | 'removed'> & { readonly loaded: Loaded };

async function particularsOf(opened: OpenedDirectory, type: ResourceType, resource: StoredResource, call: StoreCall): Promise<Particulars> {
  const { store } = opened.directory;
  const [related, lastChange] = await Promise.all([
    store.relate([resource], { groups: type.groupsAttribute !== undefined }, call),
    opened.records.lastChange(type.name, resource.id, call),
  ]);
  const loaded = related[0] ?? { resource };
  const direct = (loaded.groups ?? []).filter(({ isIndirect }) => isIndirect !== true).map(({ value }) => value);
  const said = new Map((await membersIn(opened, direct, resource.id, call)).map(([groupId, member]) => [groupId, member.display]));
  const groups = (loaded.groups ?? []).map(({ value: id, display: name, isIndirect = false }) => {
    const display = said.get(id);
    return { id, ...(name !== undefined && { name }), isIndirect, ...(display !== undefined && { display }) };
  });
  return { loaded, groups, ...(lastChange && { lastChange }) };
}

/** What each of these groups says of the member. */
async function membersIn(
  { registry, directory: { store } }: OpenedDirectory,
  groupIds: readonly string[],
  id: string,
  call: StoreCall,
): Promise<readonly (readonly [string, Member])[]> {
  const types = registry.filter(({ membersAttribute }) => membersAttribute !== undefined);
  if (groupIds.length === 0) return [];
  const loaded = await Promise.all(types.map((type) => store.loadMany(type.name, groupIds, { members: [id] }, call)));
  return loaded.flat().flatMap(({ resource, members = [] }) => members.map((member) => [resource.id, member] as const));
}

type Removed = Sought & { readonly kind: 'removed' };

async function keptOf(opened: OpenedDirectory, type: ResourceType, { resource, removal, until }: Removed, call: StoreCall) {
  const groups = await groupsToComeBackTo(opened, type, resource, call);
  const end = until === undefined ? {} : { until: new Date(until * 1_000).toISOString() };
  const removed = { at: removal.at, by: removal.application, ...end };
  return { loaded: { resource }, groups, lastChange: removal, removed };
}

/** Those not yet swept are read first, so that none is missed that is swept meanwhile. */
async function groupsToComeBackTo(
  { directory: { store }, records, registry }: OpenedDirectory,
  type: ResourceType,
  resource: StoredResource,
  call: StoreCall,
): Promise<Particulars['groups']> {
  const [related] = await store.relate([resource], { groups: type.groupsAttribute !== undefined }, call);
  const unswept = (related?.groups ?? []).filter(({ isIndirect }) => isIndirect !== true).map(({ value }) => value);
  const kept = (await records.keptMemberships(resource.id, call)).filter(({ role }) => role === 'Group');
  const displays = new Map(kept.map(({ other, display }) => [other, display]));
  const ids = [...new Set([...unswept, ...displays.keys()])];
  const types = registry.filter(({ membersAttribute }) => membersAttribute !== undefined);
  const loaded = await Promise.all(
    types.map(async (each) => (await store.loadMany(each.name, ids, {}, call)).map((group) => identify(each, group.resource))),
  );
  const names = new Map(loaded.flat().map(({ id, name }) => [id, name]));
  return ids.map((id) => {
    const [name, display] = [names.get(id), displays.get(id)];
    return { id, ...(name !== undefined && { name }), ...(display !== undefined && { display }) };
  });
}
