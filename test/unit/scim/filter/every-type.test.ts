import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { printFilter } from '../../../../src/scim/filter/print.ts';
import { DEVICE } from '../../../support/scim-every-type.ts';
import { refusal } from '../documents.ts';

describe('what is never returned', () => {
  it.each(['hidden pr', 'hidden.part eq "a"', 'hidden[part sw "a"]', 'details.pin eq "1234"', 'parts[pin pr]'])(
    'cannot be asked for, nor can a part of it: %s',
    (text) => {
      expect(() => parseFilter(text, DEVICE)).toThrow(refusal('invalidFilter', 'never returned'));
    },
  );
});

describe('a number', () => {
  it.each(['1e999', '-1e999'])('too large to be one is refused: %s', (number) => {
    expect(() => parseFilter(`ratio lt ${number}`, DEVICE)).toThrow(refusal('invalidFilter', 'malformed number'));
  });

  it('may be a negative zero', () => {
    expect(printFilter(parseFilter('ratio eq -0', DEVICE))).toBe('ratio eq 0');
  });
});

describe('a complex value', () => {
  it('is not present when its only part is a list of nothing', () => {
    expect(evaluate(parseFilter('details pr', DEVICE), { details: { tags: [''] } })).toBe(false);
    expect(evaluate(parseFilter('details pr', DEVICE), { details: { tags: ['', 'a'] } })).toBe(true);
  });
});
