import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import type { Attribute } from './attribute.ts';
import { forgiveSingle, forgiveWhole } from './forgive-value.ts';
import { findSubAttribute } from './lookup.ts';
import { describe, parseLeaf } from './parse-leaf.ts';

/** Values of one multi-valued attribute; of members there may be any number, they are kept apart. */
export const MAX_VALUES = 100;

/** How to read what a client sent. */
export type Reading = {
  readonly leniencies: Leniencies;
  /** Attribute whose values are not counted. */
  readonly membersAttribute: string | undefined;
  /** Is told the name of what no schema knows, and is left out. */
  readonly ignore: (path: string) => void;
};

/**
 * Parses the value of an attribute into its canonical form, undefined if it is unassigned: null, an empty list, or
 * nothing but that inside (RFC 7643 §2.5).
 *
 * `at` says in refusals where the value stands.
 *
 * @throws {ScimError} invalidValue — the value does not fit the attribute
 */
export function parseValue(attribute: Attribute, value: Json, at: string, reading: Reading): Json | undefined {
  const forgiven = forgiveWhole(value, attribute, reading.leniencies);
  if (forgiven === null) return undefined;
  if (!attribute.multiValued) return parseComplete(attribute, forgiven, at, reading);
  if (!Array.isArray(forgiven)) throw new ScimError('invalidValue', `${at} must be a list, not ${describe(forgiven)}.`);
  const values = forgiven.flatMap((element, index) => {
    const parsed = parseComplete(attribute, element, `${at}[${index}]`, reading);
    return parsed !== undefined && saysSomething(parsed) ? [parsed] : [];
  });
  if (attribute.name !== reading.membersAttribute) requireFew(values, at);
  requireOnePrimary(values, at);
  return values.length > 0 ? values : undefined;
}

/** As `parseValue`, of a single value that is merged into the one there is: what it must have may be there already. */
export const parsePart = (attribute: Attribute, value: Json, at: string, reading: Reading): Json | undefined =>
  attribute.multiValued
    ? parseValue(attribute, value, at, reading)
    : parseSingle(attribute, forgiveWhole(value, attribute, reading.leniencies), at, reading);

/** As `parseValue`, of what the resource keeps: a readOnly value is not looked at; a writeOnly one, a password, is checked and not kept. */
export function parseKept(attribute: Attribute, value: Json, at: string, reading: Reading): Json | undefined {
  if (attribute.mutability === 'readOnly') return undefined;
  const parsed = parseValue(attribute, value, at, reading);
  return attribute.mutability === 'writeOnly' ? undefined : parsed;
}

/** Says whether an extension as a whole has no value: it is no attribute, and never forgiven as one. */
export const isUnassigned = (value: Json | undefined, { leniencies }: Reading): boolean =>
  value === null || (value === '' && leniencies.has('emptyStrings'));

/** Parses a value of an attribute that has one, or one of its values where it has many. */
export function parseSingle(attribute: Attribute, value: Json, at: string, reading: Reading): Json | undefined {
  const forgiven = forgiveSingle(value, attribute, reading.leniencies);
  if (forgiven === null) return undefined;
  if (attribute.type !== 'complex') return parseLeaf(attribute, forgiven, at);
  if (!isObject(forgiven)) throw new ScimError('invalidValue', `${at} must be an object, not ${describe(forgiven)}.`);
  return parseComplex(attribute, forgiven, at, reading);
}

/** @throws {ScimError} invalidValue */
export function requireFew(values: readonly Json[], at: string): void {
  if (values.length > MAX_VALUES) throw new ScimError('invalidValue', `${at} must have at most ${MAX_VALUES} values.`);
}

/** RFC 7643 §2.4: "true" appears no more than once. Which of two was meant only the client knows. */
function requireOnePrimary(values: readonly Json[], at: string): void {
  const primaries = values.filter((value) => isObject(value) && value['primary'] === true);
  if (primaries.length > 1) throw new ScimError('invalidValue', `${at} must have "primary": true in at most one value.`);
}

/** Says whether a value says anything beyond what it would be used for; one that does not is unassigned. */
export const saysSomething = (value: Json): boolean =>
  !isObject(value) || Object.keys(value).some((name) => name !== 'type' && name !== 'primary');

/** As `parseSingle`, and refuses a value that lacks a sub-attribute it must have, even where it has none at all. */
export function parseComplete(attribute: Attribute, value: Json, at: string, reading: Reading): Json | undefined {
  if (value === null) return undefined;
  const parsed = parseSingle(attribute, value, at, reading);
  const missing = attribute.subAttributes?.find(({ name, required }) => required && !isFilled(parsed, name));
  if (missing) throw new ScimError('invalidValue', `${at} must have a "${missing.name}".`);
  return parsed;
}

/** Says whether an object has a value by this name that is not blank. */
export const isFilled = (holder: Json | undefined, name: string): boolean => {
  if (!isObject(holder) || !Object.hasOwn(holder, name)) return false;
  const value = holder[name];
  return typeof value !== 'string' || value.trim() !== '';
};

function parseComplex(attribute: Attribute, value: JsonObject, at: string, reading: Reading): JsonObject | undefined {
  const parsed = new Map<string, Json>();
  for (const [name, part] of Object.entries(value)) {
    const sub = findSubAttribute(attribute, name);
    if (!sub) reading.ignore(`${attribute.name}.${name}`);
    else assign(parsed, sub.name, parseKept(sub, part, `${at}.${sub.name}`, reading));
  }
  return parsed.size > 0 ? Object.fromEntries(parsed) : undefined;
}

/** Of a name that comes twice, in different case, the last counts, as JSON.parse has it. */
export function assign(to: Map<string, Json>, name: string, value: Json | undefined): void {
  if (value === undefined) to.delete(name);
  else to.set(name, value);
}
