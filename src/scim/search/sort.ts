import { ScimError } from '../errors.ts';
import { leafOf } from '../filter/term.ts';
import { type AttributePath, findBarePath, findSubAttribute, pathNames, subPath } from '../schema/lookup.ts';
import type { Registry, ResourceType } from '../schema/resource-type.ts';
import { quoted, suggest } from '../schema/suggest.ts';

/** In which order the resources of one type are wanted. */
export type Sort = {
  /** Absent where only another of the types that are asked for has the attribute. */
  readonly path?: AttributePath;
  readonly isDescending: boolean;
};

const ORDERS = ['ascending', 'descending'];

/**
 * Reads `sortBy` and `sortOrder` (RFC 7644 §3.4.2.3); undefined where nothing is to be sorted. Lists are in the order of
 * ids as they are.
 *
 * A complex attribute stands for its `value`, as in a filter.
 *
 * @throws {ScimError} invalidValue — no such attribute, one that has no order, or no such order
 */
export function parseSort(
  type: ResourceType,
  types: Registry,
  sortBy: string | undefined,
  sortOrder: string = 'ascending',
): Sort | undefined {
  const name = sortBy?.trim() ?? '';
  if (name === '') return undefined;
  if (!ORDERS.includes(sortOrder)) throw new ScimError('invalidValue', 'sortOrder: must be "ascending" or "descending".');
  const isDescending = sortOrder === 'descending';
  const path = sortPath(type, name);
  if (path?.name === 'id' && !isDescending && types.length === 1) return undefined;
  if (path === undefined && !types.some((other) => findBarePath(other, name))) throw unknown(types, name);
  return { ...(path && { path }), isDescending };
}

function sortPath(type: ResourceType, name: string): AttributePath | undefined {
  const named = findBarePath(type, name);
  if (named === undefined) return undefined;
  const path = withValue(named);
  if (path.attribute.returned === 'never' || path.subAttribute?.returned === 'never')
    throw new ScimError('invalidValue', `sortBy: ${path.name} is never returned; nothing is sorted by it.`);
  return path;
}

function withValue(path: AttributePath): AttributePath {
  if (leafOf(path).type !== 'complex') return path;
  const value = findSubAttribute(path.attribute, 'value');
  if (value) return subPath(path, value);
  const [first] = path.attribute.subAttributes ?? [];
  throw new ScimError(
    'invalidValue',
    `sortBy: ${path.name} has no order; name one of its sub-attributes, such as ${path.name}.${first?.name ?? 'value'}.`,
  );
}

const unknown = (types: Registry, name: string): ScimError =>
  new ScimError(
    'invalidValue',
    `sortBy: no attribute is called${quoted(name) || ' this'}${suggest(name, [...new Set(types.flatMap(pathNames))])}`,
  );
