import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluate } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';
import { parseSort } from '../../../src/scim/search/sort.ts';
import { compareSortKeys, type SortKey, sortKeyOf } from '../../../src/scim/search/sort-key.ts';

const keys: fc.Arbitrary<SortKey> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.double({ noNaN: true }),
  fc.constant(undefined),
);

const texts = fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => text.isWellFormed() && !text.includes('\0'));

describe('the order of a sorted list', () => {
  it('is a total order', () => {
    fc.assert(
      fc.property(keys, keys, keys, (first, second, third) => {
        const [ab, ba, bc, ac] = [
          compareSortKeys(first, second),
          compareSortKeys(second, first),
          compareSortKeys(second, third),
          compareSortKeys(first, third),
        ];

        expect(Math.sign(ab) + Math.sign(ba)).toBe(0);
        if (ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the one that filters compare by', () => {
    const sort = parseSort(USER, [USER], 'title');
    if (sort === undefined) throw new TypeError('title has an order');
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const order = compareSortKeys(sortKeyOf({ title: left }, sort), sortKeyOf({ title: right }, sort));
        const isGreater = evaluate(parseFilter(`title gt ${JSON.stringify(right)}`, USER), { title: left });

        expect(isGreater).toBe(order > 0);
      }),
      { numRuns: 2_000 },
    );
  });
});
