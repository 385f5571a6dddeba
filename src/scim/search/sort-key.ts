import { instantOf } from '../date-time.ts';
import { leafOf } from '../filter/term.ts';
import { fold } from '../fold.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { Sort } from './sort.ts';

/** What a resource is sorted by; undefined where it has no such value. */
export type SortKey = string | number | undefined;

/**
 * Reads what a resource, as it would be returned in full, is sorted by (RFC 7644 §3.4.2.3): of several values the primary
 * one, else the first.
 */
export function sortKeyOf(resource: JsonObject, { path }: Sort): SortKey {
  if (path === undefined) return undefined;
  const holder = path.extension === undefined ? resource : memberOf(resource, path.extension);
  const value = preferred(memberOf(holder, path.attribute.name));
  return comparable(path.subAttribute === undefined ? value : preferred(memberOf(value, path.subAttribute.name)), leafOf(path));
}

const memberOf = (holder: Json | undefined, name: string): Json | undefined =>
  isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;

const preferred = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) ? (value.find((element) => isObject(element) && element['primary'] === true) ?? value[0]) : value;

/** The same as filters compare by, so that a sorted list and `gt` agree. */
function comparable(value: Json | undefined, { type, caseExact }: Attribute): SortKey {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (type === 'dateTime') return instantOf(value);
  return caseExact ? value : fold(value);
}

/** Compares what two resources are sorted by, in ascending order: what has no value comes last. */
export function compareSortKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
  return left < right ? -1 : 1;
}
