import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import type { Attribute } from './attribute.ts';
import { type AttributePath, findPath, subPath, topLevelPaths } from './lookup.ts';
import { describe } from './parse-leaf.ts';
import { assign, isFilled, isUnassigned, parseKept, type Reading } from './parse-value.ts';
import type { ResourceType } from './resource-type.ts';
import { extensionNamed, requireSchemas } from './schema-urns.ts';

export type ParsedResource = {
  /** What the client wrote, under canonical names: no `schemas`, nothing readOnly, writeOnly or unassigned. */
  readonly document: JsonObject;
  /** Paths of what no schema knows and was left out (RFC 7644 §3.3), no values. */
  readonly ignored: readonly string[];
};

/**
 * Parses the body of a POST or PUT by the schemas of its resource type.
 *
 * @throws {ScimError} invalidValue — a value does not fit its attribute, or a required one is missing
 */
export function parseResource(type: ResourceType, body: JsonObject, leniencies: Leniencies): ParsedResource {
  const ignored: string[] = [];
  const reading: Reading = { leniencies, membersAttribute: type.membersAttribute, ignore: (path) => ignored.push(path) };
  requireSchemas(type, memberNamed(body, 'schemas'), leniencies);
  const document = new Map<string, Json>();
  for (const [key, value] of Object.entries(body)) {
    const extension = extensionNamed(type, key, leniencies);
    const [name, parsed] =
      extension === undefined ? parseTop(type, key, value, reading) : [extension, parseExtension(type, extension, value, reading)];
    assign(document, name, parsed);
  }
  requireAttributes(type, document);
  return { document: Object.fromEntries(document), ignored };
}

/** @throws {ScimError} invalidValue — a required attribute of the core schema, or of an extension that is there, is unassigned, or a required extension is */
function requireAttributes(type: ResourceType, document: ReadonlyMap<string, Json>): void {
  const missing = missingAttribute(type, Object.fromEntries(document));
  if (missing) throw new ScimError('invalidValue', `${missing.name} is required; send a value that is not empty.`);
}

/** Finds an attribute, or a part of one that is there, or an extension (RFC 7643 §6), that is required (RFC 7643 §2.2) and not there. */
export function missingAttribute(type: ResourceType, document: JsonObject): Pick<AttributePath, 'name'> | undefined {
  for (const path of topLevelPaths(type)) {
    const holder = path.extension === undefined ? document : document[path.extension];
    if (!isObject(holder)) continue;
    if (lacks(holder, path.attribute)) return path;
    const values = [holder[path.attribute.name] ?? []].flat();
    const part = path.attribute.subAttributes?.find((sub) => values.some((value) => lacks(value, sub)));
    if (part) return subPath(path, part);
  }
  const extension = type.extensions.find(({ schema, required }) => required && document[schema.id] === undefined);
  return extension && { name: extension.schema.id };
}

/** What a client cannot send, or what is not kept, is not missed. */
const lacks = (holder: Json, { name, required, mutability }: Attribute): boolean =>
  required && mutability !== 'readOnly' && mutability !== 'writeOnly' && !isFilled(holder, name);

function memberNamed(body: JsonObject, name: string): Json | undefined {
  const key = Object.keys(body).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : body[key];
}

/** An attribute of the core schema, or a common one; what only the server writes is dropped (RFC 7644 §3.3). */
function parseTop(type: ResourceType, key: string, value: Json, reading: Reading): readonly [string, Json | undefined] {
  const path = findPath(type, key);
  if (!path || path.subAttribute || path.extension !== undefined) {
    reading.ignore(key);
    return [key, undefined];
  }
  return [path.name, parseKept(path.attribute, value, path.name, reading)];
}

function parseExtension(type: ResourceType, urn: string, value: Json, reading: Reading): JsonObject | undefined {
  if (isUnassigned(value, reading)) return undefined;
  if (!isObject(value)) throw new ScimError('invalidValue', `${urn} must be an object, not ${describe(value)}.`);
  const parsed = new Map<string, Json>();
  for (const [key, part] of Object.entries(value)) {
    const path = findPath(type, `${urn}:${key}`);
    if (!path || path.subAttribute) reading.ignore(`${urn}:${key}`);
    else assign(parsed, path.attribute.name, parseKept(path.attribute, part, path.name, reading));
  }
  return parsed.size > 0 ? Object.fromEntries(parsed) : undefined;
}
