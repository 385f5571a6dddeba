import { describe, expect, it } from '@jest/globals';
import { pageBudget, wholeBudget } from '../../../src/directory/budget.ts';
import type { Directory } from '../../../src/directory/context.ts';
import { aContext } from '../../support/request-context.ts';

const MIB = 1024 * 1024;

function opened(open: typeof pageBudget, deadlineMs = 20_000) {
  let nowMs = 0;
  const clock = (): number => nowMs;
  const directory: Pick<Directory, 'clock'> = { clock };
  const budget = open(directory, aContext({ deadlineMs }));
  return {
    budget,
    waitUntil: (ms: number) => {
      nowMs = ms;
    },
  };
}

describe.each([
  ['a page by cursor', pageBudget, 8 * MIB, 5_000],
  ['a whole list', wholeBudget, 32 * MIB, 19_000],
] as const)('what %s may look at', (_, open, bytes, ms) => {
  it('is so many bytes', () => {
    const { budget } = opened(open);
    budget.spend(bytes - 1);
    budget.spend(1);
    expect(budget.isSpent()).toBe(false);

    budget.spend(1);

    expect(budget.isSpent()).toBe(true);
  });

  it('is what comes in time', () => {
    const { budget, waitUntil } = opened(open);
    waitUntil(ms);
    expect(budget.isSpent()).toBe(false);

    waitUntil(ms + 1);

    expect(budget.isSpent()).toBe(true);
  });

  it('leaves time to answer before the deadline', () => {
    const { budget, waitUntil } = opened(open, 3_000);

    waitUntil(2_001);

    expect(budget.isSpent()).toBe(true);
  });
});
