import { fold } from '../scim/fold.ts';
import { isObject, type Json } from '../scim/json.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type AttributePath, topLevelPaths } from '../scim/schema/lookup.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { type IndexEntries, type IndexEntry, markEntry, type StoredResource } from './resource.ts';

/**
 * The attributes beside `externalId` that clients match resources by, found by one key without being unique.
 * Dotted paths; by resource type.
 */
const MATCHING_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([['User', ['emails.value']]]);

/** Lists the keys under which the resource can be found. */
export function indexEntries(type: ResourceType, resource: StoredResource): IndexEntries {
  return {
    unique: [
      ...uniquePaths(type).flatMap(({ name, extension, attribute }) => {
        const holder = extension === undefined ? resource.attributes : resource.attributes[extension];
        const value = isObject(holder) ? holder[attribute.name] : undefined;
        return typeof value === 'string' ? [{ attribute: name, value: comparable(attribute, value) }] : [];
      }),
      ...(resource.createdAs === undefined ? [] : [markEntry(resource.createdAs)]),
    ],
    lookup: [...externalIdEntries(resource), ...matchingPaths(type).flatMap((path) => matchingEntries(type, resource, path))],
  };
}

/** How an equality on `path` can be answered: by a unique value, a look-up value, or not by a key. */
export function indexOf(
  type: ResourceType,
  path: string,
  value: string,
  application: string,
): { readonly index: 'unique' | 'lookup'; readonly entry: IndexEntry } | undefined {
  if (path === 'externalId') return { index: 'lookup', entry: { attribute: path, value, application } };
  const unique = uniquePaths(type).find(({ name }) => name === path)?.attribute;
  if (unique !== undefined) return { index: 'unique', entry: { attribute: path, value: comparable(unique, value) } };
  const matching = matchingPaths(type).includes(path) ? attributeAt(type, path) : undefined;
  return matching === undefined ? undefined : { index: 'lookup', entry: { attribute: path, value: comparable(matching, value) } };
}

const matchingPaths = (type: ResourceType): readonly string[] => MATCHING_ATTRIBUTES.get(type.name) ?? [];

/** Those of extensions too; an `id` is unique by itself. */
const uniquePaths = (type: ResourceType): readonly AttributePath[] =>
  topLevelPaths(type).filter(({ name, attribute: { uniqueness, multiValued } }) => uniqueness !== 'none' && !multiValued && name !== 'id');

const comparable = (attribute: Attribute, value: string): string => (attribute.caseExact ? value : fold(value));

const externalIdEntries = (resource: StoredResource): readonly IndexEntry[] =>
  Object.entries(resource.externalIds).map(([application, value]) => ({ attribute: 'externalId', value, application }));

function attributeAt(type: ResourceType, path: string): Attribute | undefined {
  const [name, subName] = path.split('.');
  const attribute = type.schema.attributes.find((candidate) => candidate.name === name);
  return subName === undefined ? attribute : attribute?.subAttributes?.find((candidate) => candidate.name === subName);
}

function matchingEntries(type: ResourceType, resource: StoredResource, path: string): readonly IndexEntry[] {
  const attribute = attributeAt(type, path);
  if (attribute === undefined) return [];
  const values = new Set(valuesAt(resource.attributes, path.split('.')).map((value) => comparable(attribute, value)));
  return [...values].map((value) => ({ attribute: path, value }));
}

function valuesAt(value: Json | undefined, [name, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((element) => valuesAt(element, name === undefined ? [] : [name, ...rest]));
  if (name === undefined) return typeof value === 'string' && value !== '' ? [value] : [];
  return isObject(value) ? valuesAt(value[name], rest) : [];
}
