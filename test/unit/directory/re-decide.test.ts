import { describe, expect, it } from '@jest/globals';
import { noUsage } from '../../../src/access/no-usage.ts';
import { StaleRead } from '../../../src/directory/ports.ts';
import { reDecide } from '../../../src/directory/re-decide.ts';

const aCall = (deadlineMs: number) => ({
  requestId: 'r',
  deadlineMs,
  usage: noUsage(),
});

describe('reDecide', () => {
  it('decides again when what was read no longer held, and counts it', async () => {
    const call = aCall(1_000);
    let attempts = 0;

    const result = await reDecide(
      call,
      () => 0,
      async () => {
        attempts += 1;
        if (attempts < 3) throw new StaleRead();
        return 'done';
      },
    );

    expect(result).toBe('done');
    expect(call.usage.retries).toBe(2);
  });

  it('refuses as unavailable once the deadline has come', async () => {
    const attempt = reDecide(
      aCall(10),
      () => 10,
      () => Promise.reject(new StaleRead()),
    );

    await expect(attempt).rejects.toMatchObject({ kind: 'unavailable', headers: { 'Retry-After': '5' } });
  });

  it('lets every other error pass', async () => {
    await expect(
      reDecide(
        aCall(10),
        () => 0,
        () => Promise.reject(new TypeError('bug')),
      ),
    ).rejects.toBeInstanceOf(TypeError);
  });
});
