import type { AttributePath } from '../schema/lookup.ts';

export const COMPARISONS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

export type Comparison = (typeof COMPARISONS)[number];
export type Literal = string | number | boolean | null;

/**
 * A filter (RFC 7644 §3.4.2.2) whose names are resolved. Inside a value path, `path` is that of a sub-attribute: its
 * `attribute` is the sub-attribute itself.
 */
export type Filter =
  | { readonly kind: 'compare'; readonly path: AttributePath; readonly op: Comparison; readonly value: Literal }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'valuePath'; readonly path: AttributePath; readonly filter: Filter };

/** Marks a switch as complete: a new kind of node makes every consumer fail to compile. */
export function unreachable(node: never): never {
  throw new TypeError(`unhandled filter node ${JSON.stringify(node)}`);
}
