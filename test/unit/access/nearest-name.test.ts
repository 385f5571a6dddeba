import { describe, expect, it } from '@jest/globals';
import { didYouMean } from '../../../src/access/nearest-name.ts';

const KNOWN = ['name', 'names', 'application', 'scope'];

describe('didYouMean', () => {
  it.each([
    ['nmae', 'name'],
    ['NAMES', 'names'],
    ['aplicaton', 'application'],
    ['scop', 'scope'],
  ])('takes %s for %s', (unknown, meant) => {
    expect(didYouMean(unknown, KNOWN)).toBe(`; did you mean "${meant}"?`);
  });

  it.each(['', 'elephant', 'x'.repeat(1_000_000)])('lists what there is when nothing is near', (unknown) => {
    expect(didYouMean(unknown, KNOWN)).toBe('; known: name, names, application, scope');
  });
});
