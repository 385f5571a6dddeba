import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { chunksOf, eachAtOnce } from '../../../src/dynamodb/at-once.ts';

describe('work that is done at once', () => {
  it('has all ended when its failure is known, and none is begun after it', async () => {
    const ended: number[] = [];
    const work = async (value: number): Promise<void> => {
      if (value === 1) throw new Error('the first failure');
      if (value === 2) throw new Error('another one');
      await delay(5);
      ended.push(value);
    };

    await expect(
      eachAtOnce(
        Array.from({ length: 500 }, (_, index) => index),
        work,
      ),
    ).rejects.toThrow('the first failure');

    const seen = [...ended];
    await delay(20);
    expect(ended).toEqual(seen);
    expect(seen).toContain(0);
    expect(seen.length).toBeLessThan(100);
  });
});

describe('chunksOf', () => {
  it.each([
    [[], 2, []],
    [[1, 2], 2, [[1, 2]]],
    [[1, 2, 3], 2, [[1, 2], [3]]],
  ])('%j by %i is %j', (values, size, chunks) => {
    expect(chunksOf(values, size)).toEqual(chunks);
  });
});
