import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { same } from '../same.ts';
import { type AttributePath, topLevelPaths } from '../schema/lookup.ts';
import { missingAttribute } from '../schema/parse-resource.ts';
import { MAX_VALUES, requireFew, saysSomething } from '../schema/parse-value.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { changeValue } from './change-value.ts';
import { changedPaths } from './changed-paths.ts';
import type { Operation, Patch } from './operation.ts';

export type Patched = {
  /** The very object that was passed in if nothing changed. */
  readonly document: JsonObject;
  /** Canonical paths of what changed, no values. */
  readonly changedPaths: readonly string[];
};

/**
 * Applies all operations in their order, or, by throwing, none (RFC 7644 §3.5.2).
 *
 * @throws {ScimError} noTarget, mutability, invalidValue
 */
export function applyPatch(type: ResourceType, document: JsonObject, { operations }: Patch): Patched {
  const changed = operations.reduce((current, operation) => applyOperation(type, current, operation), document);
  const tidied = topLevelPaths(type).reduce((current, path) => tidy(type, document, current, path), changed);
  const paths = changedPaths(type, document, tidied);
  if (paths.length === 0) return { document, changedPaths: paths };
  requireRequired(type, tidied);
  return { document: tidied, changedPaths: paths };
}

/** On the way a list may hold what is there and what takes its place; past that, each value would be compared with ever more. */
const MOST_ON_THE_WAY = 2 * MAX_VALUES;

function applyOperation(type: ResourceType, document: JsonObject, operation: Operation): JsonObject {
  const { path } = operation.target;
  const value = changeValue(valueAt(document, path), operation);
  if (Array.isArray(value) && value.length > MOST_ON_THE_WAY && path.name !== type.membersAttribute) requireFew(value, path.name);
  return setAt(document, path, value);
}

function valueAt(document: JsonObject, { extension, attribute }: AttributePath): Json | undefined {
  const holder = extension === undefined ? document : document[extension];
  return isObject(holder) && Object.hasOwn(holder, attribute.name) ? holder[attribute.name] : undefined;
}

function setAt(document: JsonObject, path: AttributePath, value: Json | undefined): JsonObject {
  const { extension, attribute } = path;
  if (same(valueAt(document, path), value)) return document;
  if (extension === undefined) return setMember(document, attribute.name, value);
  const holder = document[extension];
  return setMember(document, extension, setMember(isObject(holder) ? holder : {}, attribute.name, value));
}

/** What is empty is unassigned, and so not there (RFC 7643 §2.5). */
function setMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _replaced, ...others } = object;
  const isEmpty = value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return isEmpty ? others : { ...object, [name]: value };
}

/** Drops the elements that the operations have left without anything to say, and counts the others. */
function tidy(type: ResourceType, before: JsonObject, document: JsonObject, path: AttributePath): JsonObject {
  const value = valueAt(document, path);
  if (!Array.isArray(value) || value === valueAt(before, path) || path.name === type.membersAttribute) return document;
  const kept = value.filter(saysSomething);
  requireFew(kept, path.name);
  return setAt(document, path, kept);
}

/** RFC 7644 §3.5.2.2: a required attribute may not become unassigned. */
function requireRequired(type: ResourceType, document: JsonObject): void {
  const missing = missingAttribute(type, document);
  if (missing) throw new ScimError('mutability', `${missing.name} is required; it cannot be removed or left empty.`);
}
