import { isObject } from '../../src/scim/json.ts';

/**
 * Says whether Lambda invokes a function for a record, by the rules that it shares with EventBridge: objects of a pattern
 * are gone down, a list is what one value may be, and only leaves can be asked for their absence. A rule that this does not
 * know is an error, not a mismatch.
 */
export const matchesPattern = (record: unknown, pattern: unknown): boolean =>
  Object.entries(objectOf(pattern)).every(([key, rules]) => {
    const value = isObject(record) ? record[key] : undefined;
    return Array.isArray(rules) ? rules.some((rule) => matchesRule(value, rule)) : matchesPattern(value, rules);
  });

function matchesRule(value: unknown, rule: unknown): boolean {
  // What is no leaf neither exists nor equals anything.
  const leaf = typeof value === 'object' ? undefined : value;
  if (typeof rule === 'string') return leaf === rule;
  const [[operator, operand] = [], ...others] = Object.entries(objectOf(rule));
  if (operator === 'exists' && others.length === 0) return (leaf !== undefined) === operand;
  if (operator === 'prefix' && others.length === 0) return typeof leaf === 'string' && leaf.startsWith(String(operand));
  if (operator === 'suffix' && others.length === 0) return typeof leaf === 'string' && leaf.endsWith(String(operand));
  throw new TypeError(`this filter rule is not known here: ${JSON.stringify(rule)}`);
}

function objectOf(value: unknown): object {
  if (!isObject(value)) throw new TypeError(`no part of a filter pattern: ${JSON.stringify(value)}`);
  return value;
}
