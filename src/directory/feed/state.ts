import type { JsonObject } from '../../scim/json.ts';
import { project } from '../../scim/projection.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { isActive, type StoredResource, USER } from '../resource.ts';
import type { ChangeEvent } from './change-event.ts';

/** Whether attribute values leave the directory with its events. */
export type EventValues = 'none' | 'profile';

/** A larger profile is left out: EventBridge takes 256 KB of events at once. */
const PROFILE_BYTES = 100 * 1024;

/** What the types of a resource's events begin with. */
export function familyOf({ name, membersAttribute }: ResourceType): 'user' | 'group' | 'resource' {
  if (membersAttribute !== undefined) return 'group';
  return name === USER ? 'user' : 'resource';
}

/** What an event says of the resource as it is. */
export function stateOf(
  type: ResourceType,
  resource: StoredResource,
  values: EventValues,
): Pick<ChangeEvent, 'active' | 'profile' | 'profileOmitted'> {
  return {
    ...(type.name === USER && { active: isActive(resource) }),
    ...(values === 'profile' && profileIn(resource.profile?.values ?? project(type, resource.attributes, {}))),
  };
}

const profileIn = (profile: JsonObject): Pick<ChangeEvent, 'profile' | 'profileOmitted'> =>
  Buffer.byteLength(JSON.stringify(profile)) > PROFILE_BYTES ? { profileOmitted: true } : { profile };
