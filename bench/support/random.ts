/** A source of chance that says the same again for the same seed. */
export type Random = {
  /** A whole number from 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  readonly chance: (probability: number) => boolean;
};

/** Mulberry32: one multiplication a step, and good enough to choose by. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return { below, pick: (values) => chosen(values, below(values.length)), chance: (probability) => fraction() < probability };
}

function chosen<Value>(values: readonly Value[], at: number): Value {
  const value = values[at];
  if (value === undefined) throw new TypeError('there is nothing to choose from');
  return value;
}

/** Chooses each value as often as its weight says. */
export function weighted<Value>(random: Random, choices: readonly (readonly [weight: number, value: Value])[]): Value {
  let at = random.below(choices.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, value] of choices) {
    at -= weight;
    if (at < 0) return value;
  }
  throw new TypeError('there is nothing to choose from');
}
