import { isObject, type Json, type JsonObject } from '../json.ts';
import { findSubAttribute } from '../schema/lookup.ts';
import { merge } from './merge.ts';
import type { Operation } from './operation.ts';
import { demoted, isPrimary } from './primary.ts';
import { ValueIndex } from './value-index.ts';

/** A value that is there already is completed, not repeated (RFC 7644 §3.5.2.1); the last that is made primary is the only one. */
export function addValues(values: readonly Json[], given: readonly Json[], operation: Operation): readonly Json[] {
  const index = new ValueIndex(operation.target.path.attribute, values);
  for (const added of given) {
    const found = index.find(added);
    const existing = found === -1 ? undefined : index.values[found];
    const value = isObject(added) ? merge(existing, addition(existing, added, operation), operation) : added;
    const position = index.put(found, value);
    if (isPrimary(value)) demoteOthers(index, position);
  }
  return index.values;
}

function demoteOthers(index: ValueIndex, position: number): void {
  for (const [at, value] of index.values.entries()) {
    if (at !== position && isPrimary(value)) index.put(at, demoted(value));
  }
}

/** What is immutable in a value that is there already is not added again: clients repeat a member with another `type`. */
function addition(existing: Json | undefined, added: JsonObject, { target }: Operation): JsonObject {
  if (!isObject(existing)) return added;
  const isSettled = (name: string): boolean =>
    Object.hasOwn(existing, name) && findSubAttribute(target.path.attribute, name)?.mutability === 'immutable';
  return Object.fromEntries(Object.entries(added).filter(([name]) => !isSettled(name)));
}
