import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { findPath } from '../../scim/schema/lookup.ts';
import { patchResource } from '../patch-resource.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import { type DirectoryAdministration, operatorContext } from './administration.ts';
import type { ChangedResource } from './answers.ts';
import { seekPresent } from './seek.ts';
import { identify, subjectIn } from './summarise.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * Disables or enables a resource: a PATCH of `active`, that no application's policy has a say in.
 *
 * @throws {AdminRefusal} when there is none, or none of its type can be disabled
 */
export async function setActive(
  administration: DirectoryAdministration,
  request: RequestOf<'resource.disable' | 'resource.enable'>,
  call: StoreCall,
): Promise<Administered<ChangedResource>> {
  const opened = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(opened.registry, request.type);
  if (findPath(type, 'active')?.attribute.type !== 'boolean')
    throw new AdminRefusal(`Resources of type ${type.name} have no attribute "active": they cannot be disabled.`);
  const resource = await seekPresent(opened, type, request.resource, call);
  const value = request.act === 'resource.enable';
  const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value }] };
  const options = { conditions: {}, include: undefined };
  const { changedPaths } = await patchResource(opened.directory, operatorContext(call, at), type, resource.id, body, options);
  return {
    result: { type: type.name, ...identify(type, resource), isChanged: changedPaths.length > 0 },
    event: eventOf(request, at, { resourceType: type.name, ...subjectIn(type, resource), changed: changedPaths }),
  };
}
