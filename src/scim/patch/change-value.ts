import { ScimError } from '../errors.ts';
import { evaluate } from '../filter/evaluate.ts';
import { isObject, type Json } from '../json.ts';
import { same } from '../same.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findSubAttribute } from '../schema/lookup.ts';
import { addValues } from './add-values.ts';
import { immutable, merge } from './merge.ts';
import type { Operation } from './operation.ts';
import { nameOf } from './path.ts';
import { demoted, isPrimary } from './primary.ts';
import { withoutValues } from './value-index.ts';

/**
 * What an operation makes of the value of its attribute; the same reference if nothing. It may leave behind elements that
 * say nothing: a later operation may complete them.
 */
export function changeValue(current: Json | undefined, operation: Operation): Json | undefined {
  const { attribute } = operation.target.path;
  const changed = attribute.multiValued ? changeList(Array.isArray(current) ? current : [], operation) : changeOne(current, operation);
  const isRewritten = attribute.mutability === 'immutable' && current !== undefined && !same(current, changed);
  if (isRewritten) throw immutable(operation, attribute);
  return changed;
}

function changeOne(current: Json | undefined, operation: Operation): Json | undefined {
  if (selects(operation, current)) return changeElement(current, operation);
  return operation.op === 'remove' ? current : makeElement(operation);
}

const selects = ({ target: { filter } }: Operation, value: Json | undefined): boolean =>
  filter === undefined || (isObject(value) && evaluate(filter, value));

function changeList(values: readonly Json[], operation: Operation): readonly Json[] {
  const { filter, subAttribute } = operation.target;
  if (filter !== undefined || subAttribute !== undefined) return changeSelected(values, operation);
  if (operation.op === 'remove') {
    return operation.only === undefined ? [] : withoutValues(operation.target.path.attribute, values, operation.only);
  }
  const given = Array.isArray(operation.value) ? operation.value : [operation.value];
  return operation.op === 'replace' ? given : addValues(values, given, operation);
}

function changeSelected(values: readonly Json[], operation: Operation): readonly Json[] {
  const isSelected = (value: Json): boolean => selects(operation, value);
  const change = (value: Json): Json => (isSelected(value) ? (changeElement(value, operation) ?? []) : [value]);
  if (operation.op === 'remove') return values.flatMap(change);
  if (values.some(isSelected)) return withOnePrimary(values, values.flatMap(change), operation);
  return withOnePrimary(values, [...values, makeElement(operation)], operation);
}

/** @throws {ScimError} noTarget — nothing was selected, and nothing may be made (RFC 7644 §3.5.2.3) */
function makeElement(operation: Operation): Json {
  const { at, target } = operation;
  if (operation.op === 'remove' || !operation.missing) throw new ScimError('noTarget', `${at}: ${nameOf(target)} matches no value.`);
  const { missing, value } = operation;
  const part: Json = target.subAttribute ? { [target.subAttribute.name]: value } : value;
  return isObject(part) ? { ...missing, ...part } : part;
}

/** Changes a single value, or one of many: its sub-attribute, or all of it. */
function changeElement(current: Json | undefined, operation: Operation): Json | undefined {
  const { path, filter, subAttribute } = operation.target;
  if (operation.op === 'remove') return subAttribute ? without(current, subAttribute, operation) : undefined;
  if (subAttribute) return merge(current, { [subAttribute.name]: operation.value }, operation);
  const isRecord = operation.op === 'replace' && filter !== undefined && path.attribute.multiValued;
  return isRecord || !isObject(operation.value) ? operation.value : merge(current, operation.value, operation);
}

function without(current: Json | undefined, { name, mutability }: Attribute, operation: Operation): Json | undefined {
  if (!isObject(current) || !Object.hasOwn(current, name)) return current;
  if (mutability === 'immutable') throw immutable(operation, { name });
  const { [name]: _removed, ...rest } = current;
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/**
 * A value made primary takes that from the others (RFC 7644 §3.5.2).
 *
 * @throws {ScimError} invalidValue — two are made primary at once
 */
function withOnePrimary(before: readonly Json[], after: readonly Json[], operation: Operation): readonly Json[] {
  const { at, target } = operation;
  if (findSubAttribute(target.path.attribute, 'primary') === undefined) return after;
  const isMade = (value: Json, index: number): boolean =>
    isPrimary(value) && (value !== before[index] || (target.subAttribute?.name === 'primary' && selects(operation, value)));
  const [made, another] = after.filter(isMade);
  if (another !== undefined) throw new ScimError('invalidValue', `${at}: ${nameOf(target)} would make more than one value primary.`);
  if (made === undefined) return after;
  return after.map((value) => (value === made ? value : demoted(value)));
}
