import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../src/scim/fold.ts';

describe('fold', () => {
  it.each([
    ['BJensen@Example.COM', 'bjensen@example.com'],
    ['ÄÖÜ', 'äöü'],
    ['A\u0308', 'ä'],
    ['ＢＪｅｎｓｅｎ', 'bjensen'],
    ['a\u3000b', 'a b'],
    ['ΑΝΝΑΣ', 'αννασ'],
    ['Ὀδυσσεύς', 'ὀδυσσεύσ'],
  ])('takes %s for %s', (value, folded) => {
    expect(fold(value)).toBe(folded);
  });

  it('keeps apart what differs in more than case and width', () => {
    expect(fold('a')).not.toBe(fold('á'));
    expect(fold('ss')).not.toBe(fold('ß'));
  });

  it('folds a prefix into a prefix, also before a final sigma', () => {
    expect(fold('ΟΔΟΣΑ').startsWith(fold('ΟΔΟΣ'))).toBe(true);
  });
});
