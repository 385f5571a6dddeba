import type { Json } from '../../src/scim/json.ts';

/** Stands in an answer of the docs for whatever differs from time to time. */
const ANYTHING = '…';

/**
 * Says where an answer differs from what the docs show, undefined if nowhere. An object may have more members than are
 * shown; a list has as many elements.
 */
export function differenceOf(shown: Json, actual: Json | undefined, at = 'the answer'): string | undefined {
  if (typeof shown === 'string' && typeof actual === 'string' && patternOf(shown).test(actual)) return undefined;
  if (Array.isArray(shown) && Array.isArray(actual) && shown.length === actual.length) {
    return firstOf(shown.map((value, index) => differenceOf(value, actual[index], `${at}[${index}]`)));
  }
  if (isRecord(shown) && isRecord(actual)) {
    return firstOf(Object.entries(shown).map(([name, value]) => differenceOf(value, actual[name], `${at}.${name}`)));
  }
  return shown === actual ? undefined : `${at} is ${JSON.stringify(actual)}, and the docs show ${JSON.stringify(shown)}`;
}

/** Says which line that the docs show is not in the output, in its place among the others; blanks count as one. */
export function missingLineOf(shown: string, output: string): string | undefined {
  const printed = output.split('\n');
  let next = 0;
  for (const line of shown.split('\n')) {
    const found = printed.findIndex((candidate, index) => index >= next && patternOf(line).test(oneSpaced(candidate)));
    if (found === -1) return `the output lacks the line "${line}"`;
    next = found + 1;
  }
  return undefined;
}

const firstOf = (differences: readonly (string | undefined)[]): string | undefined =>
  differences.find((difference) => difference !== undefined);

const isRecord = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const oneSpaced = (text: string): string => text.trim().replace(/\s+/g, ' ');

const patternOf = (shown: string): RegExp =>
  new RegExp(
    `^${oneSpaced(shown)
      .split(ANYTHING)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
