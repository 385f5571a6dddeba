/** A line arrives at the log this long after it was written, at the latest. */
export const LATEST_ARRIVAL_MS = 60_000;

/** Puts what comes nearly in the order of time into it; what has the same time stays as it came. */
export async function* inOrder<Item>(items: AsyncIterable<Item>, timeOf: (item: Item) => number): AsyncGenerator<Item> {
  let held: readonly Timed<Item>[] = [];
  let arrived: Timed<Item>[] = [];
  let [newest, settled] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const item of items) {
    const at = timeOf(item);
    newest = Math.max(newest, at);
    arrived.push({ item, at });
    if (newest - settled < 2 * LATEST_ARRIVAL_MS) continue;
    settled = newest - LATEST_ARRIVAL_MS;
    const sorted = [...held, ...arrived].toSorted(byTime);
    const ready = sorted.filter(({ at: time }) => time <= settled);
    yield* ready.map((timed) => timed.item);
    [held, arrived] = [sorted.slice(ready.length), []];
  }
  yield* [...held, ...arrived].toSorted(byTime).map((timed) => timed.item);
}

type Timed<Item> = { readonly item: Item; readonly at: number };

const byTime = (a: Timed<unknown>, b: Timed<unknown>): number => a.at - b.at;
