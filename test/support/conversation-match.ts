import { isDeepStrictEqual } from 'node:util';

type Matcher = (wanted: unknown, actual: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const fits = (wanted: unknown, actual: unknown): boolean => mismatches(wanted, actual).length === 0;

/** What an expectation may say beside a value itself: an object with one of these keys. */
const MATCHERS: ReadonlyMap<string, Matcher> = new Map<string, Matcher>([
  ['$missing', (_wanted, actual) => actual === undefined],
  /** RFC 7643 §2.5: absent, null and an empty list say the same; so does an empty text to the clients. */
  ['$unassigned', (_wanted, actual) => actual === undefined || actual === null || actual === '' || isDeepStrictEqual(actual, [])],
  ['$pattern', (wanted, actual) => typeof actual === 'string' && new RegExp(String(wanted)).test(actual)],
  ['$type', (wanted, actual) => (wanted === 'integer' ? Number.isInteger(actual) : typeof actual === wanted)],
  ['$not', (wanted, actual) => !fits(wanted, actual)],
  ['$atLeast', (wanted, actual) => typeof actual === 'number' && actual >= Number(wanted)],
  ['$length', (wanted, actual) => listOf(actual).length === wanted],
  ['$includes', (wanted, actual) => listOf(wanted).every((item) => listOf(actual).some((candidate) => fits(item, candidate)))],
  ['$exactly', (wanted, actual) => listOf(wanted).length === listOf(actual).length && pairsUp(listOf(wanted), listOf(actual))],
]);

/** Says whether each wanted item has an item of its own, in whatever order. */
function pairsUp(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return true;
  return actual.some((candidate, index) => fits(first, candidate) && pairsUp(rest, actual.toSpliced(index, 1)));
}

/**
 * Compares what a client relies on with what it got: an object may have more than is wanted, a list may not.
 * Returns a line for each difference.
 */
export function mismatches(wanted: unknown, actual: unknown, path = 'body'): readonly string[] {
  const matcher = matcherOf(wanted);
  if (matcher !== undefined) return matcher(actual) ? [] : [difference(wanted, actual, path)];
  if (Array.isArray(wanted)) return listMismatches(wanted, actual, path);
  if (!isRecord(wanted)) return isDeepStrictEqual(wanted, actual) ? [] : [difference(wanted, actual, path)];
  if (!isRecord(actual)) return Object.values(wanted).every((part) => fits(part, undefined)) ? [] : [difference(wanted, actual, path)];
  return Object.entries(wanted).flatMap(([key, part]) => mismatches(part, actual[key], `${path}.${key}`));
}

function listMismatches(wanted: readonly unknown[], actual: unknown, path: string): readonly string[] {
  if (!Array.isArray(actual) || actual.length !== wanted.length) return [difference(wanted, actual, path)];
  return wanted.flatMap((item, index) => mismatches(item, actual[index], `${path}[${index}]`));
}

function matcherOf(wanted: unknown): ((actual: unknown) => boolean) | undefined {
  if (!isRecord(wanted)) return undefined;
  const [entry, ...more] = Object.entries(wanted);
  const matcher = entry === undefined || more.length > 0 ? undefined : MATCHERS.get(entry[0]);
  return matcher === undefined ? undefined : (actual) => matcher(entry?.[1], actual);
}

const difference = (wanted: unknown, actual: unknown, path: string): string =>
  `${path}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(actual) ?? 'nothing'}`;
