import { ScimError } from '../../src/scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import type { Attribute, AttributeType } from '../../src/scim/schema/attribute.ts';
import { attributeNamed } from './scim-model-schema.ts';

const refusal = (): ScimError => new ScimError('invalidValue');

/** RFC 7643 §2.3. */
const FITS: Readonly<Record<AttributeType, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  reference: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isSafeInteger(value),
  decimal: (value) => typeof value === 'number',
  dateTime: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value),
  binary: (value) => typeof value === 'string' && /^[A-Za-z0-9+/_-]*=*$/.test(value),
  complex: isObject,
};

/**
 * What is kept of a value, undefined for "unassigned" (RFC 7643 §2.5): null, an empty list, a list of values that say nothing.
 *
 * @throws {ScimError} invalidValue
 */
export function kept(attribute: Attribute, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (!attribute.multiValued) return attribute.type === 'complex' ? keptPart(attribute, value) : keptWhole(attribute, value);
  if (!Array.isArray(value)) throw refusal();
  const values = value.flatMap((each) => keptWhole(attribute, each) ?? []).filter(saysSomething);
  if (values.filter(isPrimary).length > 1) throw refusal();
  return values.length === 0 ? undefined : values;
}

/** One value that must be complete: it replaces another, or is one of many. */
export function keptWhole(attribute: Attribute, value: Json): Json | undefined {
  const part = keptPart(attribute, value);
  const lacks = attribute.subAttributes?.some(({ name, required }) => required && !isFilled(part, name));
  if (value !== null && lacks) throw refusal();
  return part;
}

/** One value that may be a part of one: it is merged into what is there. */
export function keptPart(attribute: Attribute, value: Json): Json | undefined {
  if (value === null) return undefined;
  if (!FITS[attribute.type](value)) throw refusal();
  return isObject(value) ? keptMembers(attribute, value) : value;
}

/** What only the server writes is passed over, what is only written is looked at, and not kept. */
function keptMembers({ subAttributes }: Attribute, value: JsonObject): JsonObject | undefined {
  const members = Object.entries(value).flatMap(([name, part]) => {
    const sub = attributeNamed(subAttributes, name);
    if (!sub || sub.mutability === 'readOnly') return [];
    const keptOfIt = kept(sub, part);
    return keptOfIt === undefined || sub.mutability === 'writeOnly' ? [] : [[sub.name, keptOfIt] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

export const isFilled = (holder: Json | undefined, name: string): boolean => {
  const value = isObject(holder) ? holder[name] : undefined;
  return value !== undefined && (typeof value !== 'string' || value.trim() !== '');
};

/** What a value would be used for, and whether it is preferred, says nothing where there is no value. */
export const saysSomething = (value: Json): boolean =>
  !isObject(value) || Object.keys(value).some((name) => !['type', 'primary'].includes(name));

export const isPrimary = (value: Json | undefined): value is JsonObject => isObject(value) && value['primary'] === true;
