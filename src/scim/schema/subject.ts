import type { JsonObject } from '../json.ts';
import type { ResourceType } from './resource-type.ts';

/** The name a human knows the resource by: the one personal value that request lines carry, and a group's name at its members. */
export function subjectOf(type: ResourceType, attributes: JsonObject): string | undefined {
  for (const name of type.subjectAttributes) {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
