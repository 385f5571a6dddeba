import type { JsonObject } from '../scim/json.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';

/** The identifier a human knows the resource by: the one personal value that request lines carry. */
export function subjectOf(type: ResourceType, attributes: JsonObject): string | undefined {
  for (const name of type.subjectAttributes) {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
