import type { Comparison, Literal } from '../../src/scim/filter/ast.ts';
import { isObject, type Json } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import { folded } from './scim-model-schema.ts';

/** RFC 7644 §3.4.2.2, `pr`: empty, or complex and empty throughout. */
export const isUnassigned = (value: Json): boolean =>
  isObject(value)
    ? Object.values(value).every(isUnassigned)
    : value === null || value === '' || (Array.isArray(value) && value.every(isUnassigned));

/** Compares one value by the type of its attribute. */
export function compares({ type, caseExact }: Attribute, value: Json, op: Comparison, wanted: string | number | boolean): boolean {
  if (typeof value === 'boolean') return op === 'eq' ? value === asBoolean(wanted) : value !== asBoolean(wanted);
  if (typeof value === 'number') return typeof wanted === 'number' && order(op, Math.sign(value - wanted));
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  const [text, part] = caseExact ? [value, wanted] : [folded(value), folded(wanted)];
  if (op === 'co') return text.includes(part);
  if (op === 'sw') return text.slice(0, part.length) === part;
  if (op === 'ew') return part === '' || text.slice(-part.length) === part;
  if (type === 'dateTime') return order(op, compare(ticksOf(value), ticksOf(wanted)));
  return order(op, compare(text, part));
}

const compare = <Value extends string | bigint>(left: Value, right: Value): number => {
  if (left < right) return -1;
  return left > right ? 1 : 0;
};

function order(op: Comparison, sign: number): boolean {
  const signs: Readonly<Record<string, readonly number[]>> = { eq: [0], ne: [-1, 1], gt: [1], ge: [0, 1], lt: [-1], le: [-1, 0] };
  return signs[op]?.includes(sign) === true;
}

const asBoolean = (wanted: Literal): boolean => String(wanted).toLowerCase() === 'true';

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)?$/;

/** An instant as a whole number of picoseconds. */
function ticksOf(text: string): bigint {
  const [, second = '', fraction = '', zone = 'Z'] = DATE_TIME.exec(text) ?? [];
  return BigInt(Date.parse(`${second}${zone}`)) * 10n ** 9n + BigInt(fraction.padEnd(12, '0'));
}

/** Says whether the comparison makes sense at all: which operators a type has, and what it is compared with. */
export function isComparable({ type }: Attribute, op: Comparison, wanted: Literal): boolean {
  const isEquality = op === 'eq' || op === 'ne';
  const isPart = op === 'co' || op === 'sw' || op === 'ew';
  if (wanted === null) return isEquality && type !== 'complex';
  switch (type) {
    case 'boolean':
      return isEquality && /^(true|false)$/i.test(String(wanted));
    case 'integer':
    case 'decimal':
      return !isPart && typeof wanted === 'number';
    case 'binary':
      return isEquality && typeof wanted === 'string';
    case 'dateTime':
      return typeof wanted === 'string' && (isPart || DATE_TIME.test(wanted));
    case 'complex':
      return false;
    default:
      return typeof wanted === 'string';
  }
}
