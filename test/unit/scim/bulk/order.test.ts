import { describe, expect, it } from '@jest/globals';
import { type Dependencies, orderBlocks } from '../../../../src/scim/bulk/order.ts';

describe('orderBlocks', () => {
  it.each<[string, Dependencies, readonly (readonly number[])[]]>([
    ['nothing', [], []],
    ['no references: the order of the request', [[], [], []], [[0], [1], [2]]],
    ['a reference backwards', [[], [0], []], [[0], [1], [2]]],
    ['a reference forwards: only the one that refers is moved', [[2], [], [], []], [[1], [2], [0], [3]]],
    ['a chain forwards', [[1], [2], [], []], [[2], [1], [0], [3]]],
    ['two that wait for one', [[2], [2], []], [[2], [0], [1]]],
    ['one that waits for two', [[1, 2], [], [], []], [[1], [2], [0], [3]]],
    ['the same reference twice', [[1, 1], []], [[1], [0]]],
    ['a reference to itself', [[0], []], [[0], [1]]],
    ['a circle, at the place of its last', [[2], [], [0], []], [[1], [0, 2], [3]]],
    ['a circle of three, listed in the order of the request', [[1], [2], [0]], [[0, 1, 2]]],
    ['a circle that waits, and one that waits for it', [[1], [2], [1, 3], []], [[3], [1, 2], [0]]],
    ['two circles that share one', [[1], [0, 2], [1]], [[0, 1, 2]]],
    [
      'two circles, one referring to the other twice',
      [[1, 2, 3], [0, 2], [3], [2]],
      [
        [2, 3],
        [0, 1],
      ],
    ],
  ])('orders %s', (_, dependencies, blocks) => {
    expect(orderBlocks(dependencies)).toEqual(blocks);
  });
});
