import { isObject, type Json } from '../json.ts';
import type { Leniencies, LeniencyName } from '../leniency.ts';
import type { Attribute } from './attribute.ts';
import { findSubAttribute } from './lookup.ts';

/** Rewrites one known deviation of a value into what its attribute takes. */
type Forgive = (value: Json, attribute: Attribute) => Json;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

const booleanStrings: Forgive = (value, { type }) =>
  type === 'boolean' && typeof value === 'string' ? (BOOLEANS.get(value.toLowerCase()) ?? value) : value;

const emptyStrings: Forgive = (value) => (value === '' ? null : value);

const bareValues: Forgive = (value, attribute) =>
  typeof value === 'string' && attribute.type === 'complex' && findSubAttribute(attribute, 'value') ? { value } : value;

const soleValues: Forgive = (value, { multiValued }) => (multiValued && value !== null && !Array.isArray(value) ? [value] : value);

const unwrapList: Forgive = (value) => (Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : value);

const unwrapObject: Forgive = (value, { type }) =>
  type !== 'complex' && isObject(value) && Object.hasOwn(value, 'value') ? (value['value'] ?? null) : value;

type Step = { readonly leniency: LeniencyName; readonly forgive: Forgive };

/** For the value of an attribute as a whole. */
const WHOLE: readonly Step[] = [
  { leniency: 'emptyStrings', forgive: emptyStrings },
  { leniency: 'soleValues', forgive: soleValues },
];

/** For a single value, or one of many. */
const SINGLE: readonly Step[] = [
  { leniency: 'wrappedValues', forgive: unwrapList },
  { leniency: 'wrappedValues', forgive: unwrapObject },
  { leniency: 'emptyStrings', forgive: emptyStrings },
  { leniency: 'booleanStrings', forgive: booleanStrings },
  { leniency: 'bareValues', forgive: bareValues },
];

const walk =
  (steps: readonly Step[]) =>
  (value: Json, attribute: Attribute, leniencies: Leniencies): Json =>
    steps.reduce((current, { leniency, forgive }) => (leniencies.has(leniency) ? forgive(current, attribute) : current), value);

export const forgiveWhole = walk(WHOLE);
export const forgiveSingle = walk(SINGLE);
