import type { ResourceType } from '../../scim/schema/resource-type.ts';
import type { StoredResource } from '../resource.ts';
import type { ChangeEvent } from './change-event.ts';
import { type EventValues, familyOf, stateOf } from './state.ts';

/** For whom, and how much, is told. */
export type Teller = { readonly tenant: string; readonly values: EventValues };

/**
 * What a resource is as of a version comes behind all that is told of that version when it is made, and before what is told
 * of it later.
 */
const PARTS_OF_SAID = 1_000_000;
const FIRST_PART = 500_000;

const firstPart = (said: number): number => said * PARTS_OF_SAID + FIRST_PART;

/** This is what the resource is now. */
export function resourceSnapshot({ tenant, values }: Teller, type: ResourceType, resource: StoredResource): ChangeEvent {
  const { version, said = 0 } = resource;
  return {
    ...identityOf(tenant, resource, version, firstPart(said)),
    type: `${familyOf(type)}.snapshot`,
    ...stateOf(type, resource, values),
  };
}

/** These are members of the group that was told as of this version; number `told`, from 1, of the events that tell them. */
export const membersSnapshot = (
  { tenant }: Teller,
  group: StoredResource,
  { version, said, told }: { readonly version: number; readonly said: number; readonly told: number },
  members: readonly string[],
): ChangeEvent => ({ ...identityOf(tenant, group, version, firstPart(said) + told), type: 'members.added', members });

const identityOf = (tenant: string, { type, id, lastModified }: StoredResource, version: number, part: number) => ({
  id: `${id}.${version}.${part}`,
  tenant,
  resourceType: type,
  resourceId: id,
  version,
  part,
  time: lastModified,
});
