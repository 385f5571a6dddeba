/** Completes a refusal with the known name that the unknown one was probably meant to be. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: editDistance(unknown.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((left, right) => left.distance - right.distance);
  return nearest ? `; did you mean "${nearest.name}"?` : `; known: ${known.join(', ')}`;
}

/** Levenshtein's distance, one row of its table at a time; the unknown name is the caller's, so it is cut first. */
function editDistance(unknown: string, known: string): number {
  let row: readonly number[] = [...`-${known}`].map((_, index) => index);
  for (const [at, character] of [...unknown.slice(0, 64)].entries()) row = nextRow(row, { known, character, at });
  return row.reduce((_, cell) => cell, 0);
}

type Step = { readonly known: string; readonly character: string; readonly at: number };

function nextRow(row: readonly number[], { known, character, at }: Step): readonly number[] {
  let diagonal = at;
  let left = at + 1;
  const cells = row.slice(1).map((above, index) => {
    left = Math.min(left + 1, above + 1, diagonal + (known[index] === character ? 0 : 1));
    diagonal = above;
    return left;
  });
  return [at + 1, ...cells];
}
