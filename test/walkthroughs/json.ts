import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';

export type { Json, JsonObject } from '../../src/scim/json.ts';

/** The element of a list of objects, where there is one. */
export function at(body: JsonObject, name: string, index: number): JsonObject | undefined {
  const list: Json | undefined = body[name];
  const element = Array.isArray(list) ? list[index] : undefined;
  return isObject(element) ? element : undefined;
}
