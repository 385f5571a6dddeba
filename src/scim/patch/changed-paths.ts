import { isObject, type Json, type JsonObject } from '../json.ts';
import { changedAttributes } from '../same.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** Names what differs between two documents: sub-attributes of a single value, a list as a whole. */
export function changedPaths(type: ResourceType, before: JsonObject, after: JsonObject): readonly string[] {
  return changedAttributes(before, after).flatMap((name) => {
    const isExtension = type.extensions.some(({ schema }) => schema.id === name);
    if (!isExtension) return within(name, before[name], after[name]);
    const [old, now] = [asObject(before[name]), asObject(after[name])];
    return changedAttributes(old, now).flatMap((part) => within(`${name}:${part}`, old[part], now[part]));
  });
}

const within = (name: string, before: Json | undefined, after: Json | undefined): readonly string[] =>
  isObject(before) || isObject(after) ? changedAttributes(asObject(before), asObject(after)).map((part) => `${name}.${part}`) : [name];

const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
