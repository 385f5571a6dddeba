import { isObject, type Json, type JsonObject } from '../json.ts';

/** What a reference to an operation stands for: the resource that it created. */
export type Referred = { readonly id: string; readonly location: string };

const PREFIX = 'bulkId:';

/** The bulkId that a text refers to (RFC 7644 §3.7.2). */
export const bulkIdIn = (text: string): string | undefined =>
  text.startsWith(PREFIX) && text.length > PREFIX.length ? text.slice(PREFIX.length) : undefined;

/** Lists the bulkIds that a value refers to, at whatever depth. */
export function bulkIdsIn(value: Json): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, '', found);
  return found;
}

export type FindReferred = (bulkId: string) => Referred | undefined;

/** Puts the id of what was created in place of each reference, its address in a `$ref`; what is not known stays. */
export const resolveReferences = (data: JsonObject, find: FindReferred): JsonObject =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, resolve(value, name, find)]));

function resolve(value: Json, name: string, find: FindReferred): Json {
  if (Array.isArray(value)) return value.map((element) => resolve(element, name, find));
  if (isObject(value)) return resolveReferences(value, find);
  const bulkId = referenceIn(value, name);
  const referred = bulkId === undefined ? undefined : find(bulkId);
  if (referred === undefined) return value;
  return isAddress(name) ? referred.location : referred.id;
}

function collect(value: Json, name: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const element of value) collect(element, name, found);
  else if (isObject(value)) for (const [key, part] of Object.entries(value)) collect(part, key, found);
  else {
    const bulkId = referenceIn(value, name);
    if (bulkId !== undefined) found.add(bulkId);
  }
}

/** An address may have an endpoint in front of the reference: `/Users/bulkId:qwerty`. */
function referenceIn(value: Json, name: string): string | undefined {
  if (typeof value !== 'string') return undefined;
  return bulkIdIn(value) ?? (isAddress(name) ? bulkIdIn(value.slice(value.lastIndexOf('/') + 1)) : undefined);
}

const isAddress = (name: string): boolean => name.toLowerCase() === '$ref';
