import { COMPARISONS, type Comparison } from '../../src/scim/filter/ast.ts';

type Outcomes = Readonly<Partial<Record<Comparison, boolean>>>;

const EQUAL: Outcomes = { eq: true, ne: false, ge: true, le: true, gt: false, lt: false };
const TEXT_EQUAL: Outcomes = { ...EQUAL, co: true, sw: true, ew: true };
const LESS: Outcomes = { eq: false, ne: true, gt: false, ge: false, lt: true, le: true };
const GREATER: Outcomes = { eq: false, ne: true, gt: true, ge: true, lt: false, le: false };
const NO_TEXT: Outcomes = { co: false, sw: false, ew: false };

/** An operator that is not named is refused for this attribute. */
const TABLE: readonly (readonly [path: string, value: string, Outcomes])[] = [
  ['text', '"GRÖSSE \\"l\\" \\\\ 7"', { ...GREATER, ...NO_TEXT }],
  ['text', '"GRÖßE \\"l\\" \\\\ 7"', TEXT_EQUAL],
  ['text', '"gr\\u00f6\\u00dfe \\u0022L\\u0022 \\u005c 7"', TEXT_EQUAL],
  ['text', '"gro\\u0308ße"', { ...GREATER, co: true, sw: true, ew: false }],
  ['text', '"\\"l\\""', { ...GREATER, co: true, sw: false, ew: false }],
  ['text', '"7"', { ...GREATER, co: true, sw: false, ew: true }],
  ['code', '"AbC"', TEXT_EQUAL],
  ['code', '"abc"', { ...LESS, ...NO_TEXT }],
  ['isOpen', 'false', { eq: true, ne: false }],
  ['isOpen', 'true', { eq: false, ne: true }],
  ['isOpen', '"False"', { eq: true, ne: false }],
  ['price', '9.5', EQUAL],
  ['price', '9.50e0', EQUAL],
  ['price', '10', LESS],
  ['price', '-1.5', GREATER],
  ['size', '10', EQUAL],
  ['size', '9', GREATER],
  ['size', '9.75', GREATER],
  ['madeAt', '"2026-03-29T00:30:00.500Z"', { ...EQUAL, ...NO_TEXT }],
  ['madeAt', '"2026-03-28T18:30:00.5-06:00"', { ...EQUAL, ...NO_TEXT }],
  ['madeAt', '"2026-03-29T00:30:00.5000001Z"', { ...LESS, ...NO_TEXT }],
  ['madeAt', '"2026-03-29T01:00:00+02:00"', { ...GREATER, ...NO_TEXT }],
  ['link', '"https://x.example/A"', TEXT_EQUAL],
  ['link', '"https://x.example/a"', { ...LESS, ...NO_TEXT }],
  ['picture', '"QUJD"', { eq: true, ne: false }],
  ['picture', '"qujd"', { eq: false, ne: true }],
  ['maker', '"ACME"', TEXT_EQUAL],
  ['maker.value', '"acme"', TEXT_EQUAL],
  ['maker.rank', '2', EQUAL],
  ['maker.since', '"2019-12-31T23:00:00-01:00"', { ...EQUAL, ...NO_TEXT }],
  ['place.street', '"hill 1"', TEXT_EQUAL],
  ['place.isNear', 'true', { eq: true, ne: false }],
  ['tags', '"RED"', { eq: true, ne: true, co: true, sw: true, ew: true, gt: false, ge: true, lt: true, le: true }],
  ['sizes', '12', { eq: true, ne: true, gt: false, ge: true, lt: true, le: true }],
  ['parts', '"lid"', { eq: true, ne: true, co: true, sw: true, ew: true, gt: false, ge: true, lt: true, le: true }],
  ['parts.kind', '"top"', { eq: false, ne: true, co: false, sw: false, ew: false, gt: false, ge: false, lt: true, le: true }],
  ['parts.weight', '1', { eq: false, ne: true, gt: true, ge: true, lt: true, le: true }],
  ['parts.isSpare', 'true', { eq: true, ne: true }],
  ['parts.aliases', '"CAP"', { eq: true, ne: true, co: true, sw: true, ew: true, gt: true, ge: true, lt: false, le: true }],
  ['urn:example:2.0:Label:colour', '"green"', TEXT_EQUAL],
  ['urn:example:2.0:Label:owner.value', '"O1"', TEXT_EQUAL],
  ['URN:EXAMPLE:2.0:LABEL:OWNER.NAME', '"ada"', TEXT_EQUAL],
  ['urn:example:2.0:Thing:maker.rank', '1', GREATER],
  ['colour', '"green"', TEXT_EQUAL],
];

/** Every operator on every type of attribute, and whether the thing matches; undefined where it is refused. */
export const COMPARISON_CASES: readonly (readonly [filter: string, outcome: boolean | undefined])[] = TABLE.flatMap(
  ([path, value, outcomes]) => COMPARISONS.map((op) => [`${path} ${op} ${value}`, outcomes[op]] as const),
);
