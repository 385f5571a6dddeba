import { ScimError } from '../errors.ts';
import type { Filter, Literal } from '../filter/ast.ts';
import { evaluate } from '../filter/evaluate.ts';
import { printFilter } from '../filter/print.ts';
import { leafOf, requireReadable } from '../filter/term.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { parsePath } from '../patch/path.ts';
import type { Attribute } from '../schema/attribute.ts';
import { COMMON_ATTRIBUTES } from '../schema/common-attributes.ts';
import { type AttributePath, findSubAttribute, subPath } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** What resources may be matched by: an attribute with text in it, of all its values or of those that one comparison selects. */
export type MatchingPath = {
  /** Its one spelling: `emails[type eq "work"].value`, `urn:…:User:employeeNumber`. */
  readonly name: string;
  /** The path without the selection, down to the text: what a filter compares. */
  readonly compared: AttributePath;
  /** What a value must say of itself to count, `emails.type` is `work`. */
  readonly selection?: { readonly path: string; readonly value: Literal; readonly filter: Filter };
};

const AT = 'The matching attribute';
const LENIENCIES: Leniencies = new Set(['bareExtensionPaths']);

/**
 * Reads a path as PATCH and Entra ID's attribute mappings write it.
 *
 * @throws {ScimError} invalidPath, invalidFilter, invalidValue — it names no attribute, or none that resources could be
 * matched by
 */
export function parseMatchingPath(type: ResourceType, text: string): MatchingPath {
  const pointed = parsePath(type, text, AT, LENIENCIES);
  if (pointed.kind === 'extension') throw refusal(`${AT} ${text} is a whole schema; name one of its attributes.`);
  const { path, filter, subAttribute } = pointed.target;
  const compared = textWithin(subAttribute ? subPath(path, subAttribute) : path);
  requireReadable(compared, AT);
  requireMatchable(type, compared);
  if (filter === undefined) return { name: compared.name, compared };
  if (filter.kind !== 'compare' || filter.op !== 'eq' || filter.value === null)
    throw refusal(`${AT} selects by more than one comparison; write it as emails[type eq "work"].value.`);
  return {
    name: `${path.name}[${printFilter(filter)}]${compared.name.slice(path.name.length)}`,
    compared,
    selection: { path: `${path.name}.${filter.path.name}`, value: filter.value, filter },
  };
}

/** Lists the texts that stand at this place of what a client wrote, empty ones left out. */
export function matchingValues({ compared, selection }: MatchingPath, attributes: JsonObject): readonly string[] {
  const { extension, attribute, subAttribute } = compared;
  const holders = extension === undefined ? [attributes] : listAt(attributes, extension);
  const all = holders.flatMap((holder) => listAt(holder, attribute.name));
  const selected = selection === undefined ? all : all.filter((value) => isObject(value) && evaluate(selection.filter, value));
  const texts = subAttribute === undefined ? selected : selected.flatMap((value) => listAt(value, subAttribute.name));
  return texts.filter((value) => typeof value === 'string' && value !== '').map(String);
}

function listAt(holder: Json, name: string): readonly Json[] {
  const value = isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** A complex attribute stands for its `value`, as in a filter. */
function textWithin(path: AttributePath): AttributePath {
  const isWhole = path.subAttribute === undefined && path.attribute.type === 'complex';
  const value = isWhole ? findSubAttribute(path.attribute, 'value') : undefined;
  return value === undefined ? path : subPath(path, value);
}

function requireMatchable(type: ResourceType, { name, attribute, subAttribute }: AttributePath): void {
  const leaf = leafOf({ name, attribute, ...(subAttribute && { subAttribute }) });
  if (COMMON_ATTRIBUTES.includes(attribute) || isKeptApart(type, attribute) || isUniqueValue(leaf, subAttribute))
    throw refusal(`${AT} ${name} needs no key of its own: filters on it find what they ask for as it is.`);
  if (leaf.type !== 'string' && leaf.type !== 'reference')
    throw refusal(`${AT} ${name} is of type ${leaf.type}; resources are matched by an attribute of type string or reference.`);
  if (attribute.mutability === 'readOnly' || leaf.mutability === 'readOnly')
    throw refusal(`${AT} ${name} is readOnly: no client could give a resource a value to be matched by.`);
}

/** Members and groups are rows of their own. */
const isKeptApart = ({ membersAttribute, groupsAttribute }: ResourceType, { name }: Attribute): boolean =>
  name === membersAttribute || name === groupsAttribute;

const isUniqueValue = ({ uniqueness, multiValued }: Attribute, subAttribute: Attribute | undefined): boolean =>
  uniqueness !== 'none' && !multiValued && subAttribute === undefined;

const refusal = (detail: string): ScimError => new ScimError('invalidValue', detail);
