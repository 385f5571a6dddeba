import type { Filter } from '../filter/ast.ts';
import type { JsonObject } from '../json.ts';

/**
 * Makes the element that a value filter describes, `{ "type": "work" }` for `type eq "work"`; undefined if it describes
 * none. Without a filter, any element will do.
 *
 * A filter by `value` describes none: it names a value that ought to be there.
 */
export function elementDescribedBy(filter: Filter | undefined): JsonObject | undefined {
  if (filter === undefined) return {};
  if (filter.kind === 'compare')
    return filter.op === 'eq' && filter.path.name !== 'value' && filter.value !== null ? { [filter.path.name]: filter.value } : undefined;
  if (filter.kind !== 'and') return undefined;
  const left = elementDescribedBy(filter.left);
  const right = elementDescribedBy(filter.right);
  return left && right && { ...left, ...right };
}
