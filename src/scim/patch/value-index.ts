import { fold } from '../fold.ts';
import { isObject, type Json } from '../json.ts';
import { same } from '../same.ts';
import type { Attribute } from '../schema/attribute.ts';
import { findSubAttribute } from '../schema/lookup.ts';

/** Finds values of a list by their `value`, so that ten thousand members are not compared with ten thousand others. */
export class ValueIndex {
  readonly #attribute: Attribute;
  readonly #positions = new Map<string, number[]>();
  readonly #values: Json[] = [];

  constructor(attribute: Attribute, values: readonly Json[]) {
    this.#attribute = attribute;
    for (const value of values) this.put(-1, value);
  }

  get values(): readonly Json[] {
    return this.#values;
  }

  /**
   * Puts a value in place of one that it completes, or, at -1, behind the others; says where it is.
   *
   * The one it completes has the same `value`, so that both are found in the same way.
   */
  put(position: number, value: Json): number {
    if (position !== -1) {
      this.#values[position] = value;
      return position;
    }
    const end = this.#values.push(value) - 1;
    const known = this.#positions.get(keyOf(value));
    if (known) known.push(end);
    else this.#positions.set(keyOf(value), [end]);
    return end;
  }

  /** The position of the first value that says all that `given` says; -1 if there is none. */
  find(given: Json): number {
    const key = keyOf(given);
    const candidates = key === NO_VALUE ? this.#values.keys() : (this.#positions.get(key) ?? []);
    for (const position of candidates) {
      if (isSameValue(this.#attribute, this.#values[position], given)) return position;
    }
    return -1;
  }
}

/** Leaves out of `values` those that say what one of `removed` says. */
export function withoutValues(attribute: Attribute, values: readonly Json[], removed: readonly Json[]): readonly Json[] {
  const named = Map.groupBy(removed, keyOf);
  const isNamed = (value: Json): boolean =>
    [keyOf(value), NO_VALUE].some((key) => named.get(key)?.some((given) => isSameValue(attribute, value, given)) === true);
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
function isSameValue(attribute: Attribute, value: Json | undefined, given: Json): boolean {
  if (!isObject(value) || !isObject(given)) return isSameLeaf(attribute, value, given);
  if (!Object.hasOwn(given, 'value')) return Object.entries(given).every(([name, part]) => same(value[name], part));
  const isSame = (name: string): boolean => isSameLeaf(findSubAttribute(attribute, name), value[name], given[name]);
  return isSame('value') && (value['type'] === undefined || given['type'] === undefined || isSame('type'));
}

const isSameLeaf = (attribute: Attribute | undefined, left: Json | undefined, right: Json | undefined): boolean =>
  typeof left === 'string' && typeof right === 'string' && attribute?.caseExact !== true ? fold(left) === fold(right) : same(left, right);
