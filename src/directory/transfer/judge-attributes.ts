import { ScimError } from '../../scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../scim/json.ts';
import { NO_LENIENCIES } from '../../scim/leniency.ts';
import { changedAttributes } from '../../scim/same.ts';
import { parseResource } from '../../scim/schema/parse-resource.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';

/** What the directory keeps elsewhere, or makes itself. */
const NEVER_HERE = ['id', 'meta', 'schemas', 'externalId'];

/**
 * Says what is wrong with attributes that claim to have been stored; undefined when they are, word for word, what a strict
 * POST of them would store. What every read takes for granted, the parsing of writes has seen to.
 *
 * @param removed attributes that once were, as `User urn:…:badge`: values of them may be left, unseen
 */
export function faultOf(type: ResourceType, attributes: JsonObject, removed: readonly string[]): string | undefined {
  const elsewhere = [...NEVER_HERE, ...(type.membersAttribute === undefined ? [] : [type.membersAttribute])];
  const misplaced = elsewhere.filter((name) => Object.hasOwn(attributes, name));
  if (misplaced.length > 0) return `attributes must not have ${misplaced.join(', ')}: the directory keeps that elsewhere`;
  const seen = withoutRemoved(attributes, new Set(removed.map((name) => name.replace(`${type.name} `, ''))));
  try {
    const { document } = parseResource(type, { schemas: [type.schema.id], ...seen }, NO_LENIENCIES);
    const changed = changedAttributes(document, seen).map(nameOf);
    return changed.length === 0 ? undefined : `attributes: ${changed.join(', ')} is not as it is stored, or no schema knows it`;
  } catch (error) {
    if (error instanceof ScimError) return `attributes: ${error.message}`;
    throw error;
  }
}

function withoutRemoved(attributes: JsonObject, removed: ReadonlySet<string>): JsonObject {
  if (removed.size === 0) return attributes;
  const kept = Object.entries(attributes).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    if (removed.has(name)) return [];
    if (!isObject(value)) return [[name, value]];
    const parts = Object.entries(value).filter(([part]) => !removed.has(`${name}:${part}`));
    return parts.length === 0 && Object.keys(value).length > 0 ? [] : [[name, Object.fromEntries(parts)]];
  });
  return Object.fromEntries(kept);
}

/** Whoever wrote the file may have put anything where a name belongs. */
const nameOf = (name: string): string => (/^[\w$:.-]{1,200}$/.test(name) ? name : '?');
