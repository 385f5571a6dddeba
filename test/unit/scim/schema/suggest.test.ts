import { describe, expect, it } from '@jest/globals';
import { suggest } from '../../../../src/scim/schema/suggest.ts';

const NAMES = ['emails', 'userName', 'ims', 'title'];

describe('an unknown name', () => {
  it.each([
    ['emials', 'emails'],
    ['usrname', 'userName'],
    ['EMAIL', 'emails'],
    ['titles', 'title'],
  ])('%s is taken for %s', (name, meant) => {
    expect(suggest(name, NAMES)).toBe(`; did you mean "${meant}"?`);
  });

  it.each(['', 'x', 'id', 'department', 'e'.repeat(100_000)])('is taken for nothing when it resembles nothing', (name) => {
    expect(suggest(name, NAMES)).toBe('.');
  });
});
