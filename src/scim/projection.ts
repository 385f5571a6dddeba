import { isObject, type Json, type JsonObject } from './json.ts';
import type { Attribute } from './schema/attribute.ts';
import { type AttributePath, extensionPaths, findBarePath, findExtension, findPath, topPath } from './schema/lookup.ts';
import type { ResourceType } from './schema/resource-type.ts';

/** For each top-level attribute, by canonical name: all of it, or these sub-attributes. */
type Selection = ReadonlyMap<string, 'all' | ReadonlySet<string>>;

/** What `attributes` and `excludedAttributes` leave of a resource (RFC 7644 §3.9); with both, what the one names and the other does not. */
export type Projection = { readonly only?: Selection; readonly without?: Selection };

/**
 * Names no schema knows select nothing, and are no error. The value filter of Entra ID's `attributes=emails[type eq "work"]`
 * is passed over.
 */
export function parseProjection(type: ResourceType, attributes?: string, excludedAttributes?: string): Projection {
  return {
    ...(hasNames(attributes) && { only: parseSelection(type, attributes) }),
    ...(hasNames(excludedAttributes) && { without: parseSelection(type, excludedAttributes) }),
  };
}

/** Says whether any of a top-level attribute with `returned: default` is wanted; known before the resource is read. */
export function wants({ only, without }: Projection, attributeName: string): boolean {
  return (only === undefined || only.has(attributeName)) && without?.get(attributeName) !== 'all';
}

export function project(type: ResourceType, resource: JsonObject, projection: Projection): JsonObject {
  return mapValues(resource, (name, value) =>
    findExtension(type, name) && isObject(value)
      ? projectExtension(type, name, value, projection)
      : projectTop(type, name, value, projection),
  );
}

/** Built whole: a frozen prototype lets no assignment make a key that it has, such as `toString`. */
const mapValues = (object: JsonObject, change: (name: string, value: Json) => Json | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      const changed = change(name, value);
      return changed === undefined ? [] : [[name, changed]];
    }),
  );

const VALUE_FILTER = /\[[^[\]]*\]/g;

const hasNames = (parameter: string | undefined): parameter is string => parameter !== undefined && parameter.trim() !== '';

function parseSelection(type: ResourceType, names: string): Selection {
  const selection = new Map<string, 'all' | ReadonlySet<string>>();
  for (const name of names.replace(VALUE_FILTER, '').split(',')) {
    for (const path of pathsNamed(type, name.trim())) select(selection, path);
  }
  return selection;
}

function pathsNamed(type: ResourceType, name: string): readonly AttributePath[] {
  const extension = findExtension(type, name);
  if (extension) return extensionPaths(extension);
  const path = findBarePath(type, name);
  return path ? [path] : [];
}

function select(selection: Map<string, 'all' | ReadonlySet<string>>, path: AttributePath): void {
  const { name } = topPath(path);
  const known = selection.get(name) ?? new Set<string>();
  if (path.subAttribute === undefined) selection.set(name, 'all');
  else if (known !== 'all') selection.set(name, new Set([...known, path.subAttribute.name]));
}

function projectExtension(type: ResourceType, urn: string, values: JsonObject, projection: Projection): JsonObject | undefined {
  const kept = mapValues(values, (name, value) => projectTop(type, `${urn}:${name}`, value, projection));
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function projectTop(type: ResourceType, name: string, value: Json, { only, without }: Projection): Json | undefined {
  const attribute = findPath(type, name)?.attribute;
  if (attribute === undefined) return undefined;
  const selected = only?.get(name);
  const excluded = without?.get(name);
  if (!isReturned(attribute, only !== undefined, selected !== undefined, excluded === 'all')) return undefined;
  const isAlways = attribute.returned === 'always';
  return projectValue(attribute, value, isAlways || selected === undefined ? 'all' : selected, isAlways ? undefined : excluded);
}

function isReturned({ returned }: Attribute, hasOnly: boolean, isSelected: boolean, isExcluded: boolean): boolean {
  if (returned === 'always') return true;
  if (returned === 'never' || isExcluded) return false;
  return hasOnly ? isSelected : returned === 'default';
}

function projectValue(
  attribute: Attribute,
  value: Json,
  selected: 'all' | ReadonlySet<string>,
  excluded: 'all' | ReadonlySet<string> | undefined,
): Json | undefined {
  const subAttributes = attribute.subAttributes;
  if (subAttributes === undefined) return value;
  const isKept = (sub: Attribute): boolean => {
    const named = selected !== 'all';
    return isReturned(sub, named, named && selected.has(sub.name), excluded !== undefined && excluded !== 'all' && excluded.has(sub.name));
  };
  const names = new Set(subAttributes.filter(isKept).map(({ name }) => name));
  const keep = (element: Json): Json =>
    isObject(element) ? Object.fromEntries(Object.entries(element).filter(([name]) => names.has(name))) : element;
  const kept = Array.isArray(value) ? value.map(keep).filter(isFilled) : keep(value);
  return isFilled(kept) ? kept : undefined;
}

const isFilled = (value: Json): boolean => typeof value !== 'object' || value === null || Object.keys(value).length > 0;
