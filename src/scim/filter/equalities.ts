import type { Filter, Literal } from './ast.ts';

/** A comparison that every match satisfies. */
export type Equality = { readonly path: string; readonly value: Literal };

/** Lists what every match must equal, by canonical path, also from inside value paths (`emails.value`). */
export function equalities(filter: Filter, prefix = ''): readonly Equality[] {
  switch (filter.kind) {
    case 'compare':
      return filter.op === 'eq' ? [{ path: prefix + filter.path.name, value: filter.value }] : [];
    case 'and':
      return [...equalities(filter.left, prefix), ...equalities(filter.right, prefix)];
    case 'valuePath':
      return equalities(filter.filter, `${filter.path.name}.`);
    default:
      return [];
  }
}
