import { isDeepStrictEqual } from 'node:util';
import { ScimError } from '../../src/scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { selectsByTheBook } from './scim-model-filter.ts';
import { attributeNamed, folded } from './scim-model-schema.ts';
import { type SentOperation, type Step, stepsOf } from './scim-model-steps.ts';
import { isFilled, isPrimary, saysSomething } from './scim-model-value.ts';

/**
 * What RFC 7644 §3.5.2 makes of a document, one step after the other, as slow and as plain as it reads.
 *
 * All operations are read before the first is done; what is required is counted after the last.
 *
 * @throws {ScimError}
 */
export function patchByTheBook(type: ResourceType, document: JsonObject, sent: readonly SentOperation[]): JsonObject {
  const steps = sent.flatMap((operation) => stepsOf(type, operation));
  const result = tidied(type, steps.reduce(perform, document));
  if (!isDeepStrictEqual(result, document)) requireRequired(type, result);
  return result;
}

function perform(document: JsonObject, step: Step): JsonObject {
  const { extension, attribute } = step.place;
  const holder = extension === undefined ? document : (document[extension] ?? {});
  const before = isObject(holder) ? holder[attribute.name] : undefined;
  const after = attribute.multiValued ? changeList(Array.isArray(before) ? before : [], step) : changeOne(before, step);
  if (attribute.mutability === 'immutable' && before !== undefined && !isDeepStrictEqual(before, after)) throw new ScimError('mutability');
  const changed = withMember(isObject(holder) ? holder : {}, attribute.name, after);
  return extension === undefined ? changed : withMember(document, extension, changed);
}

/** What is empty is not there. */
function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const isEmpty = value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  const others = Object.entries(object).filter(([key]) => key !== name);
  return Object.fromEntries(isEmpty ? others : [...others, [name, value]]);
}

function changeOne(current: Json | undefined, { op, place, filter, value = null }: Step): Json | undefined {
  const { attribute, subAttribute } = place;
  if (op === 'remove') return subAttribute ? withoutPart(current, subAttribute) : undefined;
  if (subAttribute) return merged(attribute, current, { [subAttribute.name]: value }, op);
  return isObject(value) && !(op === 'replace' && filter) ? merged(attribute, current, value, op) : value;
}

function withoutPart(current: Json | undefined, { name, mutability }: Attribute): Json | undefined {
  if (!isObject(current) || current[name] === undefined) return current;
  if (mutability === 'immutable') throw new ScimError('mutability');
  const left = withMember(current, name, undefined);
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Sub-attributes that are not named stay; a reference to something else brings nothing of the former one along. */
function merged(attribute: Attribute, current: Json | undefined, part: JsonObject, op: Step['op']): JsonObject {
  if (!isObject(current)) return part;
  const entries = Object.entries(part).map(([name, value]) => [name, mergedPart(attribute, name, current[name], value, op)] as const);
  const isReference = attributeNamed(attribute.subAttributes, '$ref') !== undefined;
  const isAnother = isReference && part['value'] !== undefined && part['value'] !== current['value'];
  return isAnother ? part : { ...current, ...Object.fromEntries(entries) };
}

/** A value is added to a sub-attribute that has several. */
function mergedPart(attribute: Attribute, name: string, current: Json | undefined, value: Json, op: Step['op']): Json {
  const sub = attributeNamed(attribute.subAttributes, name);
  const result =
    op === 'add' && sub && Array.isArray(current) && Array.isArray(value) ? value.reduce<readonly Json[]>(addTo(sub), current) : value;
  if (sub?.mutability === 'immutable' && current !== undefined && !isDeepStrictEqual(current, result)) throw new ScimError('mutability');
  return result;
}

function changeList(values: readonly Json[], step: Step): Json | undefined {
  const { op, place, filter, value = null } = step;
  if (!filter && !place.subAttribute) {
    if (op === 'remove') return undefined;
    return op === 'add' && Array.isArray(value) ? value.reduce<readonly Json[]>(addTo(place.attribute), values) : value;
  }
  const isSelected = values.map((each) => !filter || selectsByTheBook(filter, place.attribute, each));
  const count = isSelected.filter(Boolean).length;
  if (count === 0 && op !== 'remove') throw new ScimError('noTarget');
  const makesPrimary = place.subAttribute ? place.subAttribute.name === 'primary' && value === true : isPrimary(value);
  if (makesPrimary && count > 1) throw new ScimError('invalidValue');
  return values.flatMap((each, at) => {
    if (isSelected[at]) return changeOne(each, step) ?? [];
    return [makesPrimary && op !== 'remove' ? demoted(each) : each];
  });
}

/** Adds a value, or completes the one that is there; made primary, it is the only one. */
const addTo =
  (attribute: Attribute) =>
  (values: readonly Json[], given: Json): readonly Json[] => {
    const at = values.findIndex((each) => isSameValue(attribute, each, given));
    const value = isObject(given) ? merged(attribute, values[at], unsettled(attribute, values[at], given), 'add') : given;
    const all = at === -1 ? [...values, value] : values.with(at, value);
    return isPrimary(value) ? all.map((each) => (each === value ? each : demoted(each))) : all;
  };

/** Of a value that is there already, what is immutable is left as it is. */
const unsettled = ({ subAttributes }: Attribute, current: Json | undefined, given: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name]) => !(isFilledAt(current, name) && attributeNamed(subAttributes, name)?.mutability === 'immutable'),
    ),
  );

const isFilledAt = (current: Json | undefined, name: string): boolean => isObject(current) && current[name] !== undefined;

/** RFC 7643 §2.4: the same `value`, and the same `type` if both have one; without `value`, all that is given. */
function isSameValue(attribute: Attribute, value: Json, given: Json): boolean {
  if (!isObject(value) || !isObject(given)) return isSameLeaf(attribute, value, given);
  if (given['value'] === undefined) return Object.entries(given).every(([name, part]) => isDeepStrictEqual(value[name], part));
  const isSame = (name: string): boolean => isSameLeaf(attributeNamed(attribute.subAttributes, name), value[name], given[name]);
  return isSame('value') && (value['type'] === undefined || given['type'] === undefined || isSame('type'));
}

const isSameLeaf = (attribute: Attribute | undefined, left: Json | undefined, right: Json | undefined): boolean =>
  typeof left === 'string' && typeof right === 'string' && !attribute?.caseExact ? folded(left) === folded(right) : left === right;

const demoted = (value: Json): Json => (isPrimary(value) ? { ...value, primary: false } : value);

/** Values that say nothing any more are dropped at the end. */
function tidied(type: ResourceType, document: JsonObject): JsonObject {
  const isTidy = (value: Json): Json => (Array.isArray(value) ? value.filter(saysSomething) : value);
  const tidy = (object: JsonObject): JsonObject =>
    Object.entries(object).reduce((result, [name, value]) => withMember(result, name, isTidy(value)), object);
  return type.extensions.reduce((result, { schema: { id } }) => {
    const holder = result[id];
    return isObject(holder) ? withMember(result, id, tidy(holder)) : result;
  }, tidy(document));
}

/** RFC 7644 §3.5.2.2: what is required stays, in the resource, in an extension that is there, and in each complex value. */
function requireRequired({ schema, extensions }: ResourceType, document: JsonObject): void {
  const holders = [
    [schema, document] as const,
    ...extensions.map((extension) => [extension.schema, document[extension.schema.id]] as const),
  ];
  for (const [{ attributes }, holder] of holders) {
    if (holder !== undefined && !isComplete(attributes, holder)) throw new ScimError('mutability');
  }
}

const isComplete = (attributes: readonly Attribute[], holder: Json): boolean =>
  attributes
    .filter(({ mutability }) => mutability !== 'readOnly' && mutability !== 'writeOnly')
    .every(({ name, required, subAttributes = [] }) => {
      const value = isObject(holder) ? holder[name] : undefined;
      if (value === undefined) return !required;
      return (!required || isFilled(holder, name)) && [value].flat().every((each) => isComplete(subAttributes, each));
    });
