import type { Json, JsonObject } from '../../src/scim/json.ts';
import type { Attribute } from '../../src/scim/schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../../src/scim/schema/common-attributes.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';

/** Where an attribute stands in a resource, found by reading the schemas from the top each time. */
export type Place = { readonly extension?: string; readonly attribute: Attribute; readonly subAttribute?: Attribute };

const isSameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export const attributeNamed = (attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined =>
  attributes?.find((attribute) => isSameName(attribute.name, name));

export const extensionNamed = ({ extensions }: ResourceType, urn: string) =>
  extensions.find(({ schema }) => isSameName(schema.id, urn))?.schema;

/** RFC 7644 §3.10: the URN is needed for an extension, and may be there for the core schema. */
export function placeOf(type: ResourceType, name: string): Place | undefined {
  const core = [...COMMON_ATTRIBUTES, ...type.schema.attributes];
  const extension = type.extensions.find(({ schema }) => hasPrefix(name, schema.id))?.schema;
  if (extension) return within(extension.attributes, name.slice(extension.id.length + 1), { extension: extension.id });
  return within(core, hasPrefix(name, type.schema.id) ? name.slice(type.schema.id.length + 1) : name, {});
}

const hasPrefix = (name: string, urn: string): boolean => isSameName(name.slice(0, urn.length + 1), `${urn}:`);

function within(attributes: readonly Attribute[], name: string, place: { readonly extension?: string }): Place | undefined {
  const [top = '', part, ...more] = name.split('.');
  const attribute = attributeNamed(attributes, top);
  if (!attribute || more.length > 0) return undefined;
  if (part === undefined) return { ...place, attribute };
  const subAttribute = attributeNamed(attribute.subAttributes, part);
  return subAttribute && { ...place, attribute, subAttribute };
}

/** All values of an attribute or sub-attribute, wherever there are several. */
export function valuesIn(resource: JsonObject, { extension, attribute, subAttribute }: Place): readonly Json[] {
  const holder = extension === undefined ? [resource] : valuesOf(resource, extension);
  const values = holder.flatMap((object) => valuesOf(object, attribute.name));
  return subAttribute ? values.flatMap((value) => valuesOf(value, subAttribute.name)) : values;
}

export function valuesOf(holder: Json, name: string): readonly Json[] {
  const value =
    holder !== null && typeof holder === 'object' && !Array.isArray(holder)
      ? Object.entries(holder).find(([key]) => key === name)?.[1]
      : undefined;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** What counts as the same text where case does not matter. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
