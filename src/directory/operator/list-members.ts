import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import type { Member } from '../resource.ts';
import type { DirectoryAdministration, OpenedDirectory } from './administration.ts';
import type { ListedMember, ListedMembers } from './answers.ts';
import { seekPresent } from './seek.ts';
import { identify } from './summarise.ts';

/**
 * Lists a page of a group's members in the order of ids, with the name of each; no more of the group is read than that.
 *
 * @throws {AdminRefusal} when there is none, or it is no group
 */
export async function listMembers(
  administration: DirectoryAdministration,
  request: RequestOf<'resource.members'>,
  call: StoreCall,
): Promise<Administered<ListedMembers>> {
  const opened = await administration.open(call);
  const type = typeNamed(opened.registry, request.type);
  if (type.membersAttribute === undefined) throw new AdminRefusal(`Resources of type ${type.name} have no members.`);
  const group = await seekPresent(opened, type, request.resource, call);
  const read = await opened.records.membersInOrder(group, { after: request.after, atOnce: request.limit }, call);
  const page = read.members.slice(0, request.limit);
  const after = page.length < read.members.length ? page.at(-1)?.value : read.readUpTo;
  const members = await named(opened, page, call);
  return {
    result: { ...identify(type, group), members, ...(after !== undefined && { after }) },
    event: eventOf(request, new Date(administration.now()), {
      resourceType: type.name,
      resourceId: group.id,
      counts: { members: members.length },
    }),
  };
}

/** One that has just been removed is left out. */
async function named(
  { registry, directory: { store } }: OpenedDirectory,
  members: readonly Member[],
  call: StoreCall,
): Promise<readonly ListedMember[]> {
  const names = new Map<string, string | undefined>();
  for (const type of registry) {
    const ids = members.filter((member) => member.type === type.name).map(({ value }) => value);
    const loaded = ids.length === 0 ? [] : await store.loadMany(type.name, ids, {}, call);
    for (const { resource } of loaded) names.set(resource.id, subjectOf(type, resource.attributes));
  }
  return members
    .filter(({ value }) => names.has(value))
    .map(({ value: id, type, display }) => {
      const name = names.get(id);
      return { id, type, ...(name !== undefined && { name }), ...(display !== undefined && { display }) };
    });
}
