import { instantOf } from '../date-time.ts';
import { fold } from '../fold.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Attribute } from '../schema/attribute.ts';
import type { AttributePath } from '../schema/lookup.ts';
import { type Comparison, type Filter, type Literal, unreachable } from './ast.ts';
import { leafOf } from './term.ts';

/**
 * Says whether a resource, as it would be returned in full, matches (RFC 7644 §3.4.2.2).
 *
 * A multi-valued attribute matches if any of its values does. What is unassigned equals `null`, is not equal to anything
 * else, and matches no other comparison.
 */
export function evaluate(filter: Filter, resource: JsonObject): boolean {
  switch (filter.kind) {
    case 'compare':
      return compare(filter.op, valuesAt(resource, filter.path), filter.value, leafOf(filter.path));
    case 'present':
      return valuesAt(resource, filter.path).some(isPresent);
    case 'and':
      return evaluate(filter.left, resource) && evaluate(filter.right, resource);
    case 'or':
      return evaluate(filter.left, resource) || evaluate(filter.right, resource);
    case 'not':
      return !evaluate(filter.operand, resource);
    case 'valuePath':
      return valuesAt(resource, filter.path).some((element) => isObject(element) && evaluate(filter.filter, element));
    default:
      return unreachable(filter);
  }
}

function valuesAt(resource: JsonObject, { extension, attribute, subAttribute }: AttributePath): readonly Json[] {
  const holders = extension === undefined ? [resource] : listAt(resource, extension);
  const values = holders.flatMap((holder) => listAt(holder, attribute.name));
  return subAttribute === undefined ? values : values.flatMap((value) => listAt(value, subAttribute.name));
}

/** The values of one attribute, one or many or none. */
function listAt(holder: Json, name: string): readonly Json[] {
  if (!isObject(holder) || !Object.hasOwn(holder, name)) return [];
  const value = holder[name] ?? [];
  return Array.isArray(value) ? value : [value];
}

/** RFC 7644 §3.4.2.2, `pr`: neither empty nor, if complex, made of empty parts only; a part may be a list. */
function isPresent(value: Json): boolean {
  return value !== null && (typeof value === 'object' ? Object.values(value).some(isPresent) : value !== '');
}

function compare(op: Comparison, values: readonly Json[], literal: Literal, attribute: Attribute): boolean {
  if (literal === null) return values.some(isPresent) === (op === 'ne');
  if (values.length === 0) return op === 'ne';
  const wanted = comparable(literal, attribute, op);
  return values.some((value) => holds(op, comparable(value, attribute, op), wanted));
}

/** What two values are compared by: an instant, the fold of a text whose case does not matter, or the value itself. */
function comparable(value: Json, { type, caseExact }: Attribute, op: Comparison): Json | undefined {
  if (typeof value !== 'string') return value;
  const isText = op === 'co' || op === 'sw' || op === 'ew';
  if (type === 'dateTime' && !isText) return instantOf(value);
  return caseExact ? value : fold(value);
}

type Ordered = string | number;

const ORDERS: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', (left: Ordered, right: Ordered) => boolean>> = {
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
};

function holds(op: Comparison, value: Json | undefined, wanted: Json | undefined): boolean {
  switch (op) {
    case 'eq':
      return value === wanted;
    case 'ne':
      return value !== wanted;
    case 'co':
      return bothText(value, wanted, (text, part) => text.includes(part));
    case 'sw':
      return bothText(value, wanted, (text, part) => text.startsWith(part));
    case 'ew':
      return bothText(value, wanted, (text, part) => text.endsWith(part));
    default:
      return isOrdered(value) && isOrdered(wanted) && typeof value === typeof wanted && ORDERS[op](value, wanted);
  }
}

const bothText = (value: Json | undefined, wanted: Json | undefined, test: (text: string, part: string) => boolean): boolean =>
  typeof value === 'string' && typeof wanted === 'string' && test(value, wanted);

const isOrdered = (value: Json | undefined): value is Ordered => typeof value === 'string' || typeof value === 'number';
