import type { Comparison, Literal } from '../../src/scim/filter/ast.ts';
import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { compares, isUnassigned } from './scim-model-compare.ts';
import { attributeNamed, placeOf, valuesIn, valuesOf } from './scim-model-schema.ts';

/** A filter as a client means it (RFC 7644 §3.4.2.2): names as they are written, nothing resolved. */
export type SentFilter =
  | { readonly kind: 'compare'; readonly name: string; readonly op: Comparison; readonly value: Literal }
  | { readonly kind: 'present'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly left: SentFilter; readonly right: SentFilter }
  | { readonly kind: 'not'; readonly operand: SentFilter }
  | { readonly kind: 'valuePath'; readonly name: string; readonly filter: SentFilter };

/** What a name means, and which values it has there. */
type Look = (name: string) => { readonly attribute: Attribute; readonly values: readonly Json[] };

/** Says whether a resource matches, word by word as the RFC has it; what is asked for must exist. */
export const matchesByTheBook = (filter: SentFilter, type: ResourceType, resource: JsonObject): boolean =>
  matches(filter, inResource(type, resource));

/** The same for one value of a complex attribute: names are those of its sub-attributes. */
export const selectsByTheBook = (filter: SentFilter, attribute: Attribute, element: Json): boolean =>
  matches(filter, inElement(attribute, element));

function matches(filter: SentFilter, look: Look): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, look) && matches(filter.right, look);
    case 'or':
      return matches(filter.left, look) || matches(filter.right, look);
    case 'not':
      return !matches(filter.operand, look);
    case 'present':
      return look(filter.name).values.some((value) => !isUnassigned(value));
    case 'valuePath': {
      const { attribute, values } = look(filter.name);
      return values.some((element) => matches(filter.filter, inElement(attribute, element)));
    }
    case 'compare':
      return holds(filter.op, filter.value, look, filter.name);
  }
}

/** One value is enough. What has no value is null: that is what it equals, and it does not equal anything else. */
function holds(op: Comparison, wanted: Literal, look: Look, name: string): boolean {
  const { attribute, values } = comparedBy(look(name));
  const isAssigned = values.some((value) => !isUnassigned(value));
  if (wanted === null) return op === 'eq' ? !isAssigned : isAssigned;
  if (values.length === 0) return op === 'ne';
  return values.some((value) => compares(attribute, value, op, wanted));
}

/** A complex attribute is compared by its `value`. */
function comparedBy({ attribute, values }: ReturnType<Look>): ReturnType<Look> {
  if (attribute.type !== 'complex') return { attribute, values };
  const value = attributeNamed(attribute.subAttributes, 'value') ?? attribute;
  return { attribute: value, values: values.flatMap((element) => valuesOf(element, value.name)) };
}

const inResource =
  (type: ResourceType, resource: JsonObject): Look =>
  (name) => {
    const place = placeOf(type, name);
    if (!place) throw new TypeError(`no attribute is called ${name}`);
    return { attribute: place.subAttribute ?? place.attribute, values: valuesIn(resource, place) };
  };

const inElement =
  ({ subAttributes }: Attribute, element: Json): Look =>
  (name) => {
    const attribute = attributeNamed(subAttributes, name);
    if (!attribute) throw new TypeError(`no sub-attribute is called ${name}`);
    return { attribute, values: isObject(element) ? valuesOf(element, attribute.name) : [] };
  };
