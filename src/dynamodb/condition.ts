import { type Attributes, type Item, marshalValue } from './item.ts';

/**
 * A condition on the item a write finds, as data.
 *
 * Attribute names and values only ever appear as `#name` and `:value` placeholders: names may be reserved words, and the
 * embedded store dies of a character outside ASCII.
 */
export type Condition = { readonly text: string; readonly names: readonly string[]; readonly values: Attributes };

export const isPresent: Condition = { text: 'attribute_exists(#pk)', names: ['pk'], values: {} };
export const isAbsent: Condition = { text: 'attribute_not_exists(#pk)', names: ['pk'], values: {} };

const compare =
  (operator: string, suffix: string) =>
  (name: string, value: string | number): Condition => ({
    text: `#${name} ${operator} :${name}${suffix}`,
    names: [name],
    values: { [`${name}${suffix}`]: value },
  });

export const isEqual = compare('=', 'Is');
export const isOther = compare('<>', 'IsNot');
export const isBelow = compare('<', 'Below');
export const isAbove = compare('>', 'Above');

/** The attribute is not there, whether the item is or not. */
export const isUnset = (name: string): Condition => ({ text: `attribute_not_exists(#${name})`, names: [name], values: {} });

export const beginsWith = (name: string, prefix: string): Condition => ({
  text: `begins_with(#${name}, :${name}Begin)`,
  names: [name],
  values: { [`${name}Begin`]: prefix },
});

const join =
  (word: string) =>
  (...conditions: readonly Condition[]): Condition => ({
    text: conditions.map(({ text }) => `(${text})`).join(` ${word} `),
    names: conditions.flatMap(({ names }) => names),
    values: Object.assign({}, ...conditions.map(({ values }) => values)),
  });

export const allOf = join('AND');
export const anyOf = join('OR');

export const nameMap = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [`#${name}`, name]));

export const valueMap = (values: Attributes): Item =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[`:${name}`, marshalValue(value)]])));
