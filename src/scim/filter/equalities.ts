import type { Filter, Literal } from './ast.ts';

/** A comparison that every match satisfies. */
export type Equality = {
  readonly path: string;
  readonly value: Literal;
  /** What the same value of a multi-valued attribute must equal besides: `emails.type`, where it stands in brackets with it. */
  readonly beside?: readonly Equality[];
};

/** Lists what every match must equal, by canonical path, also from inside value paths (`emails.value`). */
export function equalities(filter: Filter, prefix = ''): readonly Equality[] {
  switch (filter.kind) {
    case 'compare':
      return filter.op === 'eq' ? [{ path: prefix + filter.path.name, value: filter.value }] : [];
    case 'and':
      return [...equalities(filter.left, prefix), ...equalities(filter.right, prefix)];
    case 'valuePath': {
      const within = equalities(filter.filter, `${filter.path.name}.`);
      return within.map((equality) => ({ ...equality, beside: within }));
    }
    default:
      return [];
  }
}
