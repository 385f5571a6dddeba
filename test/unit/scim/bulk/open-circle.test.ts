import { describe, expect, it } from '@jest/globals';
import { openCircle } from '../../../../src/scim/bulk/open-circle.ts';

const never = () => false;

describe('openCircle', () => {
  it('begins with the first in the request, whose references wait', () => {
    expect(openCircle([0, 1], [[1], [0]], never)).toEqual([
      { index: 0, waiting: [1] },
      { index: 1, waiting: [] },
    ]);
  });

  it('goes on with whatever has all it refers to', () => {
    expect(openCircle([0, 1, 2], [[1], [2], [0]], never)).toEqual([
      { index: 0, waiting: [1] },
      { index: 2, waiting: [] },
      { index: 1, waiting: [] },
    ]);
  });

  it('lets one that refers to itself wait for itself', () => {
    expect(openCircle([3], [[], [], [], [3, 0]], never)).toEqual([{ index: 3, waiting: [3] }]);
  });

  it('begins anew where one opening is not enough, and lets only that wait which comes later', () => {
    expect(
      openCircle(
        [0, 1, 2],
        [
          [1, 2],
          [0, 2],
          [0, 1],
        ],
        never,
      ),
    ).toEqual([
      { index: 0, waiting: [1, 2] },
      { index: 1, waiting: [2] },
      { index: 2, waiting: [] },
    ]);
  });

  it('passes over references that lead out of the circle', () => {
    expect(openCircle([1, 2], [[], [0, 2], [0, 1]], never)).toEqual([
      { index: 1, waiting: [2] },
      { index: 2, waiting: [] },
    ]);
  });

  it('begins with one that can do without its references for a while', () => {
    expect(openCircle([0, 1], [[1], [0]], (index) => index === 0)).toEqual([
      { index: 1, waiting: [0] },
      { index: 0, waiting: [] },
    ]);
  });

  it('leaves none out where none can', () => {
    expect(openCircle([0, 1], [[1], [0]], () => true).map(({ index }) => index)).toEqual([0, 1]);
  });
});
