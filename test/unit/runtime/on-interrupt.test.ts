import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { onInterrupt } from '../../../src/runtime/on-interrupt.ts';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM') + process.listenerCount('SIGHUP');

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('onInterrupt', () => {
  it('takes the Ctrl-C that npm passes on for the one of the terminal, also when its listener is done by then', () => {
    const before = listeners();
    const listener = jest.fn();

    const stopListening = onInterrupt(listener);
    process.emit('SIGINT');
    stopListening();
    jest.advanceTimersByTime(900);
    process.emit('SIGINT');

    expect(listener).toHaveBeenCalledTimes(1);
    expect(listeners()).toBe(before + 3);
  });

  it('leaves a second interrupt to end the process', () => {
    const before = listeners();

    onInterrupt(() => {});
    process.emit('SIGTERM');
    jest.advanceTimersByTime(1_000);

    expect(listeners()).toBe(before);
  });
});
