import { ScimError } from '../../src/scim/errors.ts';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType, Schema } from '../../src/scim/schema/resource-type.ts';
import type { SentFilter } from './scim-model-filter.ts';
import { isMeaningfulIn } from './scim-model-meaning.ts';
import { attributeNamed, extensionNamed, type Place, placeOf } from './scim-model-schema.ts';
import { kept, keptPart, keptWhole } from './scim-model-value.ts';

/** A path as a client means it: `name[filter].part`. */
export type SentPath = { readonly name: string; readonly filter?: SentFilter; readonly part?: string };

export type SentOperation = { readonly op: string; readonly path?: SentPath; readonly value?: Json };

/** What is to be done to one attribute; without a value it is removed. */
export type Step = {
  readonly op: 'add' | 'replace' | 'remove';
  readonly place: Place;
  readonly filter?: SentFilter;
  readonly value?: Json;
};

/**
 * Reads one operation (RFC 7644 §3.5.2): an operation without a path, or on an extension, is one for each attribute.
 *
 * @throws {ScimError}
 */
export function stepsOf(type: ResourceType, { op, path, value }: SentOperation): readonly Step[] {
  if (op !== 'add' && op !== 'replace' && op !== 'remove') throw new ScimError('invalidSyntax');
  if (path) return stepsAt(type, op, path, value);
  if (op === 'remove') throw new ScimError('noTarget');
  return membersOf(value).flatMap(([name, part]) => {
    const extension = extensionNamed(type, name);
    if (extension) return stepsIn(op, extension, part);
    const place = placeOf(type, name);
    const isKnown = place && !place.extension && !place.subAttribute;
    return isKnown ? stepOn({ op, place }, part) : [];
  });
}

function stepsAt(type: ResourceType, op: Step['op'], path: SentPath, value: Json | undefined): readonly Step[] {
  const extension = extensionNamed(type, path.name);
  if (extension) return stepsIn(op, extension, value);
  const place = placeOf(type, path.name);
  if (!place) throw new ScimError('invalidPath');
  if (!path.filter) return stepOn({ op, place }, value);
  const isList = place.attribute.type === 'complex' && place.attribute.multiValued && !place.subAttribute;
  if (!isList) throw new ScimError('invalidPath');
  if (!isMeaningfulIn(path.filter, place.attribute)) throw new ScimError('invalidFilter');
  if (path.part === undefined) return stepOn({ op, place, filter: path.filter }, value);
  const subAttribute = attributeNamed(place.attribute.subAttributes, path.part);
  if (!subAttribute) throw new ScimError('invalidPath');
  return stepOn({ op, place: { ...place, subAttribute }, filter: path.filter }, value);
}

/** An extension goes, as far as a client may take it away, or each of its attributes named is written. */
function stepsIn(op: Step['op'], { id, attributes }: Schema, value: Json | undefined): readonly Step[] {
  const all = attributes.map((attribute): Place => ({ extension: id, attribute }));
  if (op === 'remove' || value === null) {
    return all.filter(({ attribute }) => attribute.mutability !== 'readOnly').map((place) => ({ op: 'remove', place }));
  }
  return membersOf(value).flatMap(([name, part]) => {
    const attribute = attributeNamed(attributes, name);
    return attribute ? stepOn({ op, place: { extension: id, attribute } }, part) : [];
  });
}

function membersOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  if (!isObject(value)) throw new ScimError('invalidValue');
  return Object.entries(value);
}

/** A value that turns out to be nothing removes what is there, unless it never spoke of anything. */
function stepOn(step: Omit<Step, 'value'>, value: Json | undefined): readonly Step[] {
  const { attribute, subAttribute } = step.place;
  if (attribute.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly') throw new ScimError('mutability');
  if (step.op === 'remove') return [step];
  if (value === undefined) throw new ScimError('invalidValue');
  const given = givenTo(step, value);
  if (attribute.mutability === 'writeOnly' || subAttribute?.mutability === 'writeOnly') return [];
  if (given !== undefined) return [{ ...step, value: given }];
  return isSilent(step, value) ? [] : [{ ...step, op: 'remove' }];
}

function givenTo({ op, filter, place: { attribute, subAttribute } }: Step, value: Json): Json | undefined {
  if (subAttribute) return kept(subAttribute, value);
  if (!filter) return kept(attribute, value);
  return op === 'add' ? keptPart(attribute, value) : keptWhole(attribute, value);
}

/** Nothing is added to a list, or there is nothing in the value but names that are not kept. */
function isSilent({ op, filter, place: { attribute, subAttribute } }: Step, value: Json): boolean {
  if (subAttribute) return false;
  if (op === 'add' && attribute.multiValued && !filter) return true;
  const values = Array.isArray(value) ? value : [value];
  return attribute.type === 'complex' && values.length > 0 && values.every((each) => isObject(each) && isForeign(attribute, each, op));
}

function isForeign({ subAttributes }: Attribute, value: JsonObject, op: Step['op']): boolean {
  const names = Object.keys(value);
  const isKept = (name: string): boolean => ['readWrite', 'immutable'].includes(attributeNamed(subAttributes, name)?.mutability ?? '');
  return (op === 'add' || names.length > 0) && !names.some(isKept);
}
