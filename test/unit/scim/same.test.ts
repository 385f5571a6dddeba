import { describe, expect, it } from '@jest/globals';
import { changedAttributes, same } from '../../../src/scim/same.ts';

describe('two JSON values are the same', () => {
  it.each([
    [1, 1],
    [null, null],
    [undefined, undefined],
    [
      { a: 1, b: [1, { c: 2 }] },
      { b: [1, { c: 2 }], a: 1 },
    ],
  ])('%p and %p', (left, right) => {
    expect(same(left, right)).toBe(true);
  });

  it.each([
    [1, '1'],
    [null, undefined],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{}, []],
    [{ a: 1 }, null],
  ])('but not %p and %p', (left, right) => {
    expect(same(left, right)).toBe(false);
  });
});

describe('changedAttributes', () => {
  it('names what is new, gone or different', () => {
    expect([...changedAttributes({ a: 1, b: 2, c: [3] }, { b: 3, c: [3], d: 4 })].sort()).toEqual(['a', 'b', 'd']);
  });
});
