import { ScimError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { same } from '../same.ts';
import type { Attribute } from './attribute.ts';
import { type AttributePath, findExtension, findPath, topLevelPaths } from './lookup.ts';
import type { ResourceType } from './resource-type.ts';

/**
 * Puts what a client sent in the place of a stored document (RFC 7644 §3.5.1): what only the server writes stays, and so
 * does what is immutable; so does what no schema knows, which a client could neither see nor send.
 *
 * @throws {ScimError} mutability — what is immutable has another value than before
 */
export function replaceDocument(type: ResourceType, stored: JsonObject, sent: JsonObject): JsonObject {
  return topLevelPaths(type).reduce((document, path) => keepSettled(document, stored, path), keepUnknown(type, stored, sent));
}

function keepUnknown(type: ResourceType, stored: JsonObject, sent: JsonObject): JsonObject {
  const kept = Object.entries(stored).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    const extension = findExtension(type, name);
    if (extension === undefined) return findPath(type, name) === undefined ? [[name, value]] : [];
    const unknown = entriesOf(value).filter(([part]) => findPath(type, `${extension.id}:${part}`) === undefined);
    return unknown.length > 0 ? [[name, { ...Object.fromEntries(unknown), ...Object.fromEntries(entriesOf(sent[name])) }]] : [];
  });
  return kept.length > 0 ? { ...sent, ...Object.fromEntries(kept) } : sent;
}

const entriesOf = (value: Json | undefined): readonly (readonly [string, Json])[] => (isObject(value) ? Object.entries(value) : []);

function keepSettled(document: JsonObject, stored: JsonObject, { name, extension, attribute }: AttributePath): JsonObject {
  const [before, sent] = [holderOf(stored, extension), holderOf(document, extension)];
  const value = settled(attribute, memberOf(before, attribute.name), memberOf(sent, attribute.name), name);
  if (value === memberOf(sent, attribute.name) || value === undefined) return document;
  const holder = { ...sent, [attribute.name]: value };
  return extension === undefined ? holder : { ...document, [extension]: holder };
}

const holderOf = (document: JsonObject, extension: string | undefined): JsonObject => {
  const holder = extension === undefined ? document : document[extension];
  return isObject(holder) ? holder : {};
};

const memberOf = (holder: JsonObject, name: string): Json | undefined => (Object.hasOwn(holder, name) ? holder[name] : undefined);

/** The value an attribute has afterwards. Parts of a list are not compared: nothing says which of them is which. */
function settled(
  { mutability, multiValued, subAttributes = [] }: Attribute,
  before: Json | undefined,
  sent: Json | undefined,
  name: string,
): Json | undefined {
  if (before === undefined) return sent;
  if (mutability === 'readOnly') return before;
  if (mutability === 'immutable') {
    if (sent !== undefined && !same(sent, before)) throw rewritten(name);
    return before;
  }
  return multiValued || !isObject(before) || !isObject(sent) ? sent : settledParts(subAttributes, before, sent, name);
}

function settledParts(subAttributes: readonly Attribute[], before: JsonObject, sent: JsonObject, name: string): JsonObject {
  const kept = subAttributes.flatMap((sub): readonly (readonly [string, Json])[] => {
    const part = settled(sub, memberOf(before, sub.name), memberOf(sent, sub.name), `${name}.${sub.name}`);
    return part === undefined || part === memberOf(sent, sub.name) ? [] : [[sub.name, part]];
  });
  return kept.length > 0 ? { ...sent, ...Object.fromEntries(kept) } : sent;
}

const rewritten = (name: string): ScimError =>
  new ScimError('mutability', `${name} is immutable: send the value that the resource has, or leave it out.`);
