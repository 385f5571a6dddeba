import { nearest } from './nearest.ts';

/** So many names an administrator reads; where there are more, `/Schemas` has them. */
const MAX_LISTED = 8;

/**
 * Ends a sentence about an unknown name with what would be right: `; did you mean "emails"?` if a known one is at most two
 * slips away, else what there is.
 */
export function suggest(name: string, candidates: readonly string[]): string {
  const meant = nearest(name, candidates, (candidate) => Math.min(2, candidate.length / 3));
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return candidates.length > MAX_LISTED ? '; /Schemas lists them.' : `; there are ${candidates.join(', ')}.`;
}

/**
 * Repeats a name in quotes, with a blank before it, if it looks like the name of an attribute; anything else may be a
 * person's, and is not repeated.
 */
export const quoted = (name: string): string => (/^[\w$:.-]{1,100}$/.test(name) ? ` "${name}"` : '');
