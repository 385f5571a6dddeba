import type { Projection } from '../scim/projection.ts';
import { wants } from '../scim/projection.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Include } from './ports.ts';

/** Which rows beside the resource an answer with this projection needs: decided before the read, so nothing is read in vain. */
export function includeFor(type: ResourceType, projection: Projection): { readonly groups: boolean; readonly members: boolean } & Include {
  return {
    groups: type.groupsAttribute !== undefined && wants(projection, type.groupsAttribute),
    members: type.membersAttribute !== undefined && wants(projection, type.membersAttribute),
  };
}
