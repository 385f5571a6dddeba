import { describe, expect, it } from '@jest/globals';
import { COMPARISONS } from '../../../../src/scim/filter/ast.ts';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { aThing, THING } from '../../../support/a-thing.ts';
import { COMPARISON_CASES } from '../../../support/comparison-cases.ts';
import { refusal } from '../documents.ts';

const matches = (filter: string): boolean => evaluate(parseFilter(filter, THING), aThing);

describe('every operator on every type of attribute', () => {
  it.each(COMPARISON_CASES.filter(([, outcome]) => outcome !== undefined))('%s: %s', (filter, outcome) => {
    expect(matches(filter)).toBe(outcome);
    expect(matches(`not (${filter})`)).toBe(!outcome);
  });

  it.each(COMPARISON_CASES.filter(([, outcome]) => outcome === undefined).map(([filter]) => filter))('%s is refused', (filter) => {
    expect(() => matches(filter)).toThrow(refusal('invalidFilter', 'does not apply to'));
  });
});

describe('a value of the wrong type', () => {
  it.each([
    'text eq 7',
    'text eq true',
    'code gt null',
    'isOpen eq "maybe"',
    'isOpen eq 0',
    'price eq "9.5"',
    'size gt true',
    'madeAt gt "2026-03-29"',
    'madeAt eq "2026-02-30T00:00:00Z"',
    'madeAt eq 7',
    'link eq 7',
    'picture eq 7',
    'parts.weight eq "heavy"',
  ])('is refused: %s', (filter) => {
    expect(() => matches(filter)).toThrow(refusal('invalidFilter', 'compares'));
  });
});

describe('what is never returned', () => {
  it.each(['secret eq "x"', 'secret pr', 'not (secret sw "x")', 'text pr or secret co "a"'])('cannot be asked for: %s', (filter) => {
    expect(() => matches(filter)).toThrow(refusal('invalidFilter', 'never returned'));
  });
});

describe('presence', () => {
  it.each(
    [
      'text',
      'isOpen',
      'size',
      'madeAt',
      'picture',
      'maker',
      'maker.rank',
      'tags',
      'parts',
      'parts.aliases',
      'place.isNear',
      'colour',
      'owner',
    ].map((path) => `${path} pr`),
  )('%s', (filter) => {
    expect(matches(filter)).toBe(true);
    expect(evaluate(parseFilter(filter, THING), {})).toBe(false);
  });

  it.each([
    [{ text: '' }, 'text pr'],
    [{ tags: [] }, 'tags pr'],
    [{ parts: [{}] }, 'parts pr'],
    [{ parts: [{ value: '' }] }, 'parts.value pr'],
    [{ maker: { rank: 1 } }, 'maker.value pr'],
  ])('is not an empty value: %j by %s', (resource, filter) => {
    expect(evaluate(parseFilter(filter, THING), resource)).toBe(false);
  });
});

describe('what has no value', () => {
  it.each(['text', 'code', 'link', 'tags', 'parts.value', 'madeAt', 'maker', 'colour'])(
    'is unequal to anything, and compares with nothing: %s',
    (path) => {
      const value = path === 'madeAt' ? '"2026-01-01T00:00:00Z"' : '""';
      const outcomes = COMPARISONS.map((op) => [op, evaluate(parseFilter(`${path} ${op} ${value}`, THING), {})]);

      expect(Object.fromEntries(outcomes)).toEqual({
        eq: false,
        ne: true,
        co: false,
        sw: false,
        ew: false,
        gt: false,
        ge: false,
        lt: false,
        le: false,
      });
    },
  );

  it('equals null, and what has one does not', () => {
    expect(['text eq null', 'tags ne null', 'isOpen eq null', 'size ne null'].map(matches)).toEqual([false, true, false, true]);
    expect(evaluate(parseFilter('size eq null and not (tags ne null)', THING), {})).toBe(true);
  });
});

describe('a value path', () => {
  it.each([
    ['parts[value eq "lid" and kind eq "Top"]', true],
    ['parts[value eq "lid" and kind eq "bottom"]', false],
    ['parts[value eq "lid" or kind eq "nothing"]', true],
    ['parts[not (isSpare eq true) and weight lt 1]', true],
    ['parts[not (isSpare eq true) and weight gt 1]', false],
    ['parts[(value eq "x" or weight ge 2) and not (kind sw "T")]', true],
    ['parts[aliases eq "COVER"]', true],
    ['parts[aliases pr and isSpare eq true]', false],
    ['not (parts[weight gt 3])', true],
    ['parts[value eq "lid"] and parts[value eq "base"]', true],
    ['maker[rank eq 2 and value sw "a"]', true],
    ['urn:example:2.0:Label:owner[value eq "o1" and name eq "ada"]', true],
    ['urn:example:2.0:Thing:parts[kind eq "Top"]', true],
    ['PARTS[KIND EQ "Top" AND NOT (ISSPARE EQ TRUE)]', true],
  ])('asks one value for all of it: %s is %s', (filter, outcome) => {
    expect(matches(filter)).toBe(outcome);
  });

  it.each(['parts[parts[value pr]]', 'tags[value eq "red"]', 'parts[text pr]', 'parts[]', 'parts.value[kind pr]'])(
    'is refused: %s',
    (filter) => {
      expect(() => matches(filter)).toThrow(refusal('invalidFilter'));
    },
  );
});

describe('precedence', () => {
  it.each([
    ['isOpen eq true and size eq 1 or text pr', true],
    ['text pr or isOpen eq true and size eq 1', true],
    ['(text pr or isOpen eq true) and size eq 1', false],
    ['not (isOpen eq true) and size eq 10', true],
    ['not (isOpen eq true and size eq 10) and size eq 10', true],
    ['not (not (size eq 10))', true],
  ])('%s is %s', (filter, outcome) => {
    expect(matches(filter)).toBe(outcome);
  });
});
