import { describe, expect, it } from '@jest/globals';
import { cancellable, onInterrupt } from '../../../cli/interrupts.ts';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

describe('what an interrupt cancels', () => {
  it('hears of it while it is done, and leaves nobody listening', async () => {
    const before = listeners();
    const aborted = await cancellable(onInterrupt, async (signal) => {
      process.emit('SIGINT');
      return signal.aborted;
    });

    expect({ aborted, listening: listeners() }).toEqual({ aborted: true, listening: before });
  });

  it('leaves nobody listening when it fails, or ends by itself', async () => {
    const before = listeners();
    const failing = cancellable(onInterrupt, async () => Promise.reject(new TypeError('no')));

    await expect(failing).rejects.toThrow('no');
    expect(await cancellable(onInterrupt, async ({ aborted }) => aborted)).toBe(false);
    expect(listeners()).toBe(before);
  });
});
