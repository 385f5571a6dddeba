import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { same } from '../same.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findSubAttribute } from '../schema/lookup.ts';
import { requireFew } from '../schema/parse-value.ts';
import type { Operation } from './operation.ts';
import { nameOf } from './path.ts';
import { ValueIndex } from './value-index.ts';

/**
 * Sets sub-attributes and leaves the others as they are (RFC 7644 §3.5.2.3). What refers to another resource than before,
 * a manager, keeps nothing of the former one's: its `$ref` would point at the wrong person.
 */
export function merge(current: Json | undefined, part: JsonObject, operation: Operation): JsonObject {
  if (!isObject(current)) return part;
  const { attribute } = operation.target.path;
  const given = operation.op === 'add' ? withValuesAdded(attribute, current, part) : part;
  for (const [name, value] of Object.entries(given)) {
    const isImmutable = findSubAttribute(attribute, name)?.mutability === 'immutable';
    if (isImmutable && Object.hasOwn(current, name) && !same(current[name], value)) throw immutable(operation, { name });
  }
  const isAnother =
    findSubAttribute(attribute, '$ref') !== undefined && Object.hasOwn(part, 'value') && !same(part['value'], current['value']);
  const merged = isAnother ? part : { ...current, ...given };
  return same(merged, current) ? current : merged;
}

/** A sub-attribute that has many values keeps those it has when others are added. */
const withValuesAdded = (attribute: Attribute, current: JsonObject, part: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      const sub = findSubAttribute(attribute, name);
      const known = current[name];
      return [name, sub && Array.isArray(known) && Array.isArray(value) ? addLeaves(sub, known, value) : value];
    }),
  );

function addLeaves(attribute: Attribute, values: readonly Json[], given: readonly Json[]): readonly Json[] {
  const index = new ValueIndex(attribute, values);
  for (const value of given) index.put(index.find(value), value);
  requireFew(index.values, attribute.name);
  return index.values;
}

export const immutable = ({ at, target }: Operation, { name }: Pick<Attribute, 'name'>): ScimError =>
  new ScimError(
    'mutability',
    `${at}: ${nameOf(target)} would change ${name}, which is immutable; leave it as it is, or remove the whole value and add another.`,
  );
