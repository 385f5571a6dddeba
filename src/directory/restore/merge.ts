/** What is in one of two ordered sequences, or in both. */
export type Pair<Entry> = { readonly earlier?: Entry; readonly present?: Entry };

/** Walks through two sequences in the same order side by side. */
export async function* mergeByKey<Entry>(
  earlier: AsyncIterator<Entry>,
  present: AsyncIterator<Entry>,
  keyOf: (entry: Entry) => string,
): AsyncGenerator<Pair<Entry>> {
  let [left, right] = await Promise.all([earlier.next(), present.next()]);
  while (!left.done || !right.done) {
    const order = left.done ? 1 : right.done ? -1 : compare(keyOf(left.value), keyOf(right.value));
    yield { ...(order <= 0 && { earlier: left.value }), ...(order >= 0 && { present: right.value }) };
    [left, right] = await Promise.all([order <= 0 ? earlier.next() : left, order >= 0 ? present.next() : right]);
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
