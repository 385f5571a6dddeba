import type { Equality } from '../scim/filter/equalities.ts';
import { leafOf } from '../scim/filter/term.ts';
import { fold } from '../scim/fold.ts';
import { isObject } from '../scim/json.ts';
import { matchingAttributes } from '../scim/matching/matching-attributes.ts';
import { type MatchingPath, matchingValues } from '../scim/matching/matching-path.ts';
import type { Attribute } from '../scim/schema/attribute.ts';
import { type AttributePath, topLevelPaths } from '../scim/schema/lookup.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { type IndexEntries, type IndexEntry, MOST_ENTRIES, markEntry, type StoredResource } from './resource.ts';

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
    lookup: [
      ...externalIdEntries(resource),
      ...matchingAttributes(type)
        .filter(({ stage }) => stage !== 'dropped')
        .flatMap((matching) => matchingEntries(matching, resource)),
    ],
  };
}

/** Lists the keys that may lead to the resource: those too that are on their way out. */
export function heldEntries(type: ResourceType, resource: StoredResource): IndexEntries {
  const dropped = matchingAttributes(type).filter(({ stage }) => stage === 'dropped');
  const { unique, lookup } = indexEntries(type, resource);
  return { unique, lookup: [...lookup, ...dropped.flatMap((matching) => matchingEntries(matching, resource))] };
}

/**
 * Lists the keys that a removal frees. Where a resource has more values than it can be found by, attributes are taken as
 * long as there is room: the keys of those behind have never been written.
 */
export function freedEntries(type: ResourceType, resource: StoredResource): IndexEntries {
  const { unique, lookup } = heldEntries(type, resource);
  if (unique.length + lookup.length <= MOST_ENTRIES) return { unique, lookup };
  const complete = new Set(matchingAttributes(type).flatMap(({ name, stage }) => (stage === 'used' ? [name] : [])));
  const isComplete = ({ attribute, application }: IndexEntry): boolean => application !== undefined || complete.has(attribute);
  const freed = lookup.filter(isComplete);
  for (const { name, stage } of matchingAttributes(type)) {
    const own = stage === 'used' ? [] : lookup.filter((entry) => entry.application === undefined && entry.attribute === name);
    if (unique.length + freed.length + own.length > MOST_ENTRIES) break;
    freed.push(...own);
  }
  return { unique, lookup: freed };
}

/** Lists the keys under which the values of one attribute are found, each once. */
export function matchingEntries(matching: MatchingPath, { attributes }: StoredResource): readonly IndexEntry[] {
  const attribute = leafOf(matching.compared);
  const values = new Set(matchingValues(matching, attributes).map((value) => comparable(attribute, value)));
  return [...values].map((value) => ({ attribute: matching.name, value }));
}

/**
 * How an equality on `path` can be answered: by a unique value, a look-up value, or not by a key.
 *
 * @param beside what else the filter insists on for the same value of a multi-valued attribute
 */
export function indexOf(
  type: ResourceType,
  path: string,
  value: string,
  application: string,
  beside: readonly Equality[] = [],
): { readonly index: 'unique' | 'lookup'; readonly entry: IndexEntry } | undefined {
  if (path === 'externalId') return { index: 'lookup', entry: { attribute: path, value, application } };
  const unique = uniquePaths(type).find(({ name }) => name === path)?.attribute;
  if (unique !== undefined) return { index: 'unique', entry: { attribute: path, value: comparable(unique, value) } };
  // An empty text has no key.
  const matching = matchingAttributes(type).find(
    ({ stage, compared, selection }) =>
      value !== '' &&
      stage === 'used' &&
      compared.name === path &&
      (selection === undefined || beside.some((other) => selects(selection, other))),
  );
  return matching && { index: 'lookup', entry: { attribute: matching.name, value: comparable(leafOf(matching.compared), value) } };
}

/** A value that the filter insists on is one of those that have keys. */
function selects({ path, value, filter }: NonNullable<MatchingPath['selection']>, asked: Equality): boolean {
  if (asked.path !== path || filter.kind !== 'compare') return false;
  const [wanted, given] = [value, asked.value].map((text) => (typeof text === 'string' ? comparable(leafOf(filter.path), text) : text));
  return wanted === given;
}

/** Those of extensions too; an `id` is unique by itself. */
const uniquePaths = (type: ResourceType): readonly AttributePath[] =>
  topLevelPaths(type).filter(({ name, attribute: { uniqueness, multiValued } }) => uniqueness !== 'none' && !multiValued && name !== 'id');

const comparable = (attribute: Attribute, value: string): string => (attribute.caseExact ? value : fold(value));

const externalIdEntries = (resource: StoredResource): readonly IndexEntry[] =>
  Object.entries(resource.externalIds).map(([application, value]) => ({ attribute: 'externalId', value, application }));
