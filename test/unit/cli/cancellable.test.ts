import { describe, expect, it } from '@jest/globals';
import { cancellable } from '../../../cli/cancellable.ts';
import { onInterrupt } from '../../../src/runtime/on-interrupt.ts';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

describe('cancellable', () => {
  it('hears of an interrupt while it is done', async () => {
    const aborted = await cancellable(onInterrupt, async (signal) => {
      process.emit('SIGINT');
      return signal.aborted;
    });

    expect(aborted).toBe(true);
  });

  it('leaves nobody listening when it fails, or ends by itself', async () => {
    const before = listeners();
    const failing = cancellable(onInterrupt, async () => Promise.reject(new TypeError('no')));

    await expect(failing).rejects.toThrow('no');
    expect(await cancellable(onInterrupt, async ({ aborted }) => aborted)).toBe(false);
    expect(listeners()).toBe(before);
  });
});
