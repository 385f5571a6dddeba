import type { JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { type CompiledAttribute, compileAttribute } from './compile.ts';
import type { AttributeMapping, MappedAttribute } from './shape.ts';

/** Compiled once for as long as the mapping and the type are the same objects, which is until either is read anew. */
const compiled = new WeakMap<readonly MappedAttribute[], WeakMap<ResourceType, readonly CompiledAttribute[]>>();

export function compileMapping(type: ResourceType, entries: readonly MappedAttribute[]): readonly CompiledAttribute[] {
  const ofEntries = compiled.get(entries) ?? new WeakMap<ResourceType, readonly CompiledAttribute[]>();
  compiled.set(entries, ofEntries);
  const known =
    ofEntries.get(type) ?? entries.map((entry, index) => compileAttribute(type, entry, placeOf(type.name, index, entry.target)));
  ofEntries.set(type, known);
  return known;
}

export const placeOf = (type: string, index: number, target: string): string => `${type}[${index}] "${target}"`;

/** The entries for a resource type; none where it is not mapped. */
export const entriesFor = (mapping: AttributeMapping | undefined, type: ResourceType): readonly MappedAttribute[] | undefined =>
  mapping !== undefined && Object.hasOwn(mapping, type.name) ? mapping[type.name] : undefined;

/** Makes a resource's profile: its values by the vendor's names, and no name without a value. */
export function profileOf(type: ResourceType, entries: readonly MappedAttribute[], document: JsonObject): JsonObject {
  const values = compileMapping(type, entries).map(({ target, read }) => [target, read(document)] as const);
  return Object.fromEntries(values.flatMap(([target, value]) => (value === undefined ? [] : [[target, value] as const])));
}
