/** What a cell of a row holds; undefined where the line has no such field. */
export type Value = string | number | boolean | undefined;

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | { readonly kind: 'period'; readonly ms: number }
  | { readonly kind: 'every' }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'like'; readonly left: Expression; readonly pattern: string | RegExp }
  | { readonly kind: 'in'; readonly left: Expression; readonly list: readonly Expression[] };

/** An expression, and what its column is called. */
export type Column = { readonly name: string; readonly expression: Expression };

export type Command =
  | { readonly kind: 'fields' | 'display'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | { readonly kind: 'stats'; readonly aggregates: readonly Column[]; readonly by: readonly Column[] }
  | { readonly kind: 'sort'; readonly keys: readonly { readonly by: Expression; readonly direction: 1 | -1 }[] }
  | { readonly kind: 'dedup'; readonly columns: readonly Column[] }
  | { readonly kind: 'limit'; readonly count: number };

/** A query that cannot be understood, or uses what is not offered here; the message says where. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}
