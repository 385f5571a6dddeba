/** Longer names are not compared: what is that far off is no slip of the finger. */
const MAX_LENGTH = 64;

/** Finds the known name that an unknown one was probably meant to be, whatever the case, at most so many slips away. */
export function nearest(asked: string, known: readonly string[], mostSlips: (name: string) => number): string | undefined {
  if (asked.length > MAX_LENGTH) return undefined;
  const letters = [...asked.toLowerCase()];
  let best: { readonly name: string; readonly slips: number } | undefined;
  for (const name of known) {
    if (Math.abs(name.length - letters.length) > mostSlips(name)) continue;
    const slips = distance(letters, name.toLowerCase());
    if (slips <= mostSlips(name) && slips < (best?.slips ?? Number.POSITIVE_INFINITY)) best = { name, slips };
  }
  return best?.name;
}

/** Levenshtein's distance, one row at a time. */
function distance(left: readonly string[], right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [i, character] of left.entries()) {
    const next = [i + 1];
    for (let j = 0; j < right.length; j += 1) {
      const replaced = (row[j] ?? 0) + (right[j] === character ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
