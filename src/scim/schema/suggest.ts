/** Longer names are not compared: what is that far off is no slip of the finger. */
const MAX_LENGTH = 40;

/** So many names an administrator reads; where there are more, `/Schemas` has them. */
const MAX_LISTED = 8;

/**
 * Ends a sentence about an unknown name with what would be right: `; did you mean "emails"?` if a known one is at most two
 * slips away, else what there is.
 */
export function suggest(name: string, candidates: readonly string[]): string {
  const meant = name.length > MAX_LENGTH ? undefined : nearest(name.toLowerCase(), candidates);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  return candidates.length > MAX_LISTED ? '; /Schemas lists them.' : `; there are ${candidates.join(', ')}.`;
}

function nearest(asked: string, candidates: readonly string[]): string | undefined {
  let best: { readonly candidate: string; readonly slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = distance(asked, candidate.toLowerCase());
    if (slips <= Math.min(2, candidate.length / 3) && slips < (best?.slips ?? 3)) best = { candidate, slips };
  }
  return best?.candidate;
}

/**
 * Repeats a name in quotes, with a blank before it, if it looks like the name of an attribute; anything else may be a
 * person's, and is not repeated.
 */
export const quoted = (name: string): string => (/^[\w$:.-]{1,100}$/.test(name) ? ` "${name}"` : '');

/** Levenshtein's distance, one row at a time. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [i, character] of [...left].entries()) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const replaced = (row[j] ?? 0) + (right[j] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
