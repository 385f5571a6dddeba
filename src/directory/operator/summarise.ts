import type { JsonObject } from '../../scim/json.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { subjectOf } from '../../scim/schema/subject.ts';
import type { StoredResource } from '../resource.ts';

/** What every answer about a resource begins with. */
export function identify(type: ResourceType, { id, attributes }: StoredResource) {
  const name = subjectOf(type, attributes);
  return { id, ...(name !== undefined && { name }) };
}

/** What the audit log says of whom an act was about. */
export function subjectIn(type: ResourceType, { id, attributes }: Pick<StoredResource, 'id' | 'attributes'>) {
  const subject = subjectOf(type, attributes);
  return { resourceId: id, ...(subject !== undefined && { subject }) };
}

export const isDisabled = ({ attributes }: StoredResource): boolean => attributes['active'] === false;

export const profileOf = ({ profile }: StoredResource): { readonly profile?: JsonObject } => (profile ? { profile: profile.values } : {});
