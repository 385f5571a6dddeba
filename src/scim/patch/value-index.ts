import { fold } from '../fold.ts';
import { isObject, type Json } from '../json.ts';
import { same } from '../same.ts';

/** Finds values of a list by their `value`, so that ten thousand members are not compared with ten thousand others. */
export class ValueIndex {
  readonly #positions = new Map<string, number[]>();
  readonly #values: Json[] = [];

  constructor(values: readonly Json[]) {
    for (const value of values) this.append(value);
  }

  append(value: Json): void {
    const key = keyOf(value);
    const known = this.#positions.get(key);
    if (known) known.push(this.#values.length);
    else this.#positions.set(key, [this.#values.length]);
    this.#values.push(value);
  }

  /** The position of the first value that says all that `given` says; -1 if there is none. */
  find(given: Json): number {
    const key = keyOf(given);
    const candidates = key === NO_VALUE ? this.#values.keys() : (this.#positions.get(key) ?? []);
    for (const position of candidates) {
      if (isSameValue(this.#values[position], given)) return position;
    }
    return -1;
  }
}

/** Leaves out of `values` those that say what one of `removed` says. */
export function withoutValues(values: readonly Json[], removed: readonly Json[]): readonly Json[] {
  const named = Map.groupBy(removed, keyOf);
  const isNamed = (value: Json): boolean =>
    [keyOf(value), NO_VALUE].some((key) => named.get(key)?.some((given) => isSameValue(value, given)) === true);
  return values.filter((value) => !isNamed(value));
}

const NO_VALUE = '';

function keyOf(value: Json): string {
  const text = isObject(value) ? value['value'] : value;
  return typeof text === 'string' ? fold(text) : NO_VALUE;
}

/**
 * Two values are the same if they have the same `value`, and the same `type` where both have one: RFC 7643 §2.4 wants no
 * such pair twice. Where there is no `value`, as in addresses, everything given must be there.
 */
function isSameValue(value: Json | undefined, given: Json): boolean {
  if (!isObject(value) || !isObject(given)) return sameText(value, given);
  if (Object.hasOwn(given, 'value')) {
    const isSameType = value['type'] === undefined || given['type'] === undefined || sameText(value['type'], given['type']);
    return isSameType && sameText(value['value'], given['value']);
  }
  return Object.entries(given).every(([name, part]) => same(value[name], part));
}

const sameText = (left: Json | undefined, right: Json | undefined): boolean =>
  typeof left === 'string' && typeof right === 'string' ? fold(left) === fold(right) : same(left, right);
