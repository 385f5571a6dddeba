import { instantOf } from '../date-time.ts';
import { ScimError } from '../errors.ts';
import type { Attribute, AttributeType } from '../schema/attribute.ts';
import { type AttributePath, findSubAttribute } from '../schema/lookup.ts';
import type { Comparison, Filter, Literal } from './ast.ts';

/** `attribute pr`. */
export function present(path: AttributePath, where: string): Filter {
  requireReadable(path, where);
  return { kind: 'present', path };
}

/**
 * `attribute op value`, where the two fit each other.
 *
 * A complex attribute stands for its `value` (RFC 7644 §3.4.2.2). A boolean may be written as a string, in any case: Entra ID
 * writes `roles[primary eq "True"]`.
 */
export function comparison(path: AttributePath, op: Comparison, value: Literal, where: string): Filter {
  const compared = comparedPath(path, where);
  requireReadable(compared, where);
  const attribute = leafOf(compared);
  const literal = attribute.type === 'boolean' && typeof value === 'string' ? asBoolean(value) : value;
  requireFit(attribute, op, literal, where);
  return { kind: 'compare', path: compared, op, value: literal };
}

export const leafOf = ({ attribute, subAttribute }: AttributePath): Attribute => subAttribute ?? attribute;

function comparedPath(path: AttributePath, where: string): AttributePath {
  if (leafOf(path).type !== 'complex') return path;
  const subAttribute = findSubAttribute(path.attribute, 'value');
  if (subAttribute) return { ...path, name: `${path.name}.value`, subAttribute };
  throw new ScimError('invalidFilter', `${where}: ${path.name} cannot be compared; name one of its sub-attributes.`);
}

/**
 * What is never returned may not be found out by asking either (RFC 7643 §7, `returned`), nor may a part of it.
 *
 * @throws {ScimError} invalidFilter
 */
export function requireReadable({ name, attribute, subAttribute }: AttributePath, where: string): void {
  const isReadable = attribute.returned !== 'never' && subAttribute?.returned !== 'never';
  if (!isReadable) throw new ScimError('invalidFilter', `${where}: ${name} cannot be asked for; it is never returned.`);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

const asBoolean = (value: string): Literal => BOOLEANS.get(value.toLowerCase()) ?? value;

const EQUALITY: readonly Comparison[] = ['eq', 'ne'];
const ORDER: readonly Comparison[] = ['gt', 'ge', 'lt', 'le'];
const SUBSTRING: readonly Comparison[] = ['co', 'sw', 'ew'];

type Fit = { readonly ops: readonly Comparison[]; readonly takes: 'string' | 'number' | 'boolean'; readonly words: string };

const TEXT: Fit = { ops: [...EQUALITY, ...SUBSTRING, ...ORDER], takes: 'string', words: 'a string in double quotes' };
const NUMBER: Fit = { ops: [...EQUALITY, ...ORDER], takes: 'number', words: 'a number' };

/** RFC 7644 §3.4.2.2, Table 3: what has no order is not compared for order. */
const FITS: Readonly<Record<Exclude<AttributeType, 'complex'>, Fit>> = {
  string: TEXT,
  reference: TEXT,
  dateTime: { ...TEXT, words: 'a dateTime such as "2011-05-13T04:42:34Z"' },
  integer: NUMBER,
  decimal: NUMBER,
  boolean: { ops: EQUALITY, takes: 'boolean', words: 'true or false' },
  binary: { ops: EQUALITY, takes: 'string', words: 'a string in double quotes' },
};

function requireFit({ name, type }: Attribute, op: Comparison, value: Literal, where: string): void {
  const { ops, takes, words } = FITS[type === 'complex' ? 'string' : type];
  if (!ops.includes(op))
    throw new ScimError('invalidFilter', `${where}: "${op}" does not apply to ${name}, of type ${type}; use ${ops.join(' or ')}.`);
  if (value === null && EQUALITY.includes(op)) return;
  const isInstant = type !== 'dateTime' || SUBSTRING.includes(op) || (typeof value === 'string' && instantOf(value) !== undefined);
  if (typeof value !== takes || !isInstant) throw new ScimError('invalidFilter', `${where}: "${op}" compares ${name} with ${words}.`);
}
