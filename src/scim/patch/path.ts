import { ScimError } from '../errors.ts';
import { parseValueFilter } from '../filter/parse.ts';
import type { Leniencies } from '../leniency.ts';
import { type AttributePath, findBarePath, findExtension, findPath, findSubAttribute, pathNames, topPath } from '../schema/lookup.ts';
import type { ResourceType, Schema } from '../schema/resource-type.ts';
import { quoted, suggest } from '../schema/suggest.ts';
import type { Target } from './operation.ts';

/** In characters: room for the longest filter, and for the names around it. */
export const MAX_PATH_LENGTH = 9_216;

/** What a path points at: an attribute or part of one, or all attributes of an extension. */
export type Pointed = { readonly kind: 'target'; readonly target: Target } | { readonly kind: 'extension'; readonly schema: Schema };

/**
 * Parses a PATCH path: `PATH = attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2), or the URN of an extension.
 *
 * Its parts are found before they are read, so that what stands between the brackets alone is judged as a filter. No
 * refusal repeats what begins there: it may name a person.
 *
 * @throws {ScimError} invalidPath — the path is malformed or names no attribute; invalidFilter — its filter is
 */
export function parsePath(type: ResourceType, text: string, at: string, leniencies: Leniencies): Pointed {
  if (text.length > MAX_PATH_LENGTH) throw new ScimError('invalidPath', `${at}: the path is longer than ${MAX_PATH_LENGTH} characters.`);
  const schema = findExtension(type, text);
  if (schema) return { kind: 'extension', schema };
  const open = text.indexOf('[');
  if (open === -1) return { kind: 'target', target: toTarget(resolvePath(type, text, at, leniencies)) };
  const close = text.lastIndexOf(']');
  if (close < open) throw new ScimError('invalidPath', `${at}: the path opens a bracket and does not close it.`);
  const path = resolvePath(type, text.slice(0, open), at, leniencies);
  requireSelectable(path, at, leniencies);
  const filter = parseValueFilter(text.slice(open + 1, close), path, `${at}: the filter`);
  return { kind: 'target', target: { path, filter, ...behindBracket(path, text.slice(close + 1), at) } };
}

const toTarget = (path: AttributePath): Target => ({
  path: topPath(path),
  ...(path.subAttribute && { subAttribute: path.subAttribute }),
});

function resolvePath(type: ResourceType, name: string, at: string, leniencies: Leniencies): AttributePath {
  const path = leniencies.has('bareExtensionPaths') ? findBarePath(type, name) : findPath(type, name);
  if (path) return path;
  throw new ScimError('invalidPath', `${at}: the path${quoted(name)} names no attribute of ${type.name}${suggest(name, pathNames(type))}`);
}

function requireSelectable({ name, attribute, subAttribute }: AttributePath, at: string, leniencies: Leniencies): void {
  const isSelectable = subAttribute === undefined && attribute.type === 'complex';
  if (isSelectable && (attribute.multiValued || leniencies.has('singleValuePaths'))) return;
  throw new ScimError('invalidPath', `${at}: ${name} has no list of values to select from by a filter in brackets.`);
}

function behindBracket({ name, attribute }: AttributePath, text: string, at: string): Pick<Target, 'subAttribute'> {
  if (text === '') return {};
  const subAttribute = text.startsWith('.') ? findSubAttribute(attribute, text.slice(1)) : undefined;
  if (subAttribute) return { subAttribute };
  const names = attribute.subAttributes?.map((sub) => sub.name) ?? [];
  throw new ScimError('invalidPath', `${at}: what follows the bracket names no sub-attribute of ${name}${suggest(text.slice(1), names)}`);
}

/** The path without its filter, which may name a person. */
export const nameOf = ({ path, filter, subAttribute }: Target): string =>
  `${path.name}${filter ? '[…]' : ''}${subAttribute ? `.${subAttribute.name}` : ''}`;
