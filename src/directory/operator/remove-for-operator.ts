import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { deleteResource } from '../delete-resource.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import { type DirectoryAdministration, operatorContext } from './administration.ts';
import type { ChangedResource } from './answers.ts';
import { seekPresent } from './seek.ts';
import { identify, subjectIn } from './summarise.ts';

/**
 * Removes a resource as a DELETE does: it can be restored for some time.
 *
 * @throws {AdminRefusal} when there is none
 */
export async function removeForOperator(
  administration: DirectoryAdministration,
  request: RequestOf<'resource.remove'>,
  call: StoreCall,
): Promise<Administered<ChangedResource>> {
  const opened = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(opened.registry, request.type);
  const resource = await seekPresent(opened, type, request.resource, call);
  await deleteResource(opened.directory, operatorContext(call, at), type, resource.id, {});
  const removed = await opened.directory.store.loadRemoved(type.name, resource.id, call);
  return {
    result: {
      type: type.name,
      ...identify(type, resource),
      isChanged: true,
      ...(removed?.until !== undefined && { until: new Date(removed.until * 1_000).toISOString() }),
    },
    event: eventOf(request, at, { resourceType: type.name, ...subjectIn(type, resource) }),
  };
}
