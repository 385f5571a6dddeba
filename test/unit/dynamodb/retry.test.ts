import { describe, expect, it } from '@jest/globals';
import { noUsage } from '../../../src/access/no-usage.ts';
import { type Attempt, type Pace, persist } from '../../../src/dynamodb/retry.ts';
import { aCall } from '../../support/store-call.ts';

const throttled = (): Error => Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

/** A clock that only sleeping moves. */
function aPace(random = 0.5) {
  const slept: number[] = [];
  let time = 0;
  const pace: Pace = {
    now: () => time,
    sleep: async (ms) => {
      slept.push(ms);
      time += ms;
    },
    random: () => random,
  };
  return { pace, slept };
}

const answeringAfter = (failures: number, error = throttled()): Attempt<object> => {
  let attempts = 0;
  return async () => {
    attempts += 1;
    if (attempts <= failures) throw error;
    return { ConsumedCapacity: { CapacityUnits: 2 } };
  };
};

describe('persist', () => {
  it('tries again until it is answered, and counts every attempt', async () => {
    const { pace } = aPace();
    const call = aCall({ deadlineMs: 10_000, usage: noUsage() });

    await persist(pace, 'write', answeringAfter(3), call);

    expect(call.usage).toEqual({ calls: 4, roundTrips: 4, readUnits: 0, writeUnits: 2, retries: 3 });
  });

  it('draws its pauses from a range that doubles, up to a second', async () => {
    const { pace, slept } = aPace(0.5);

    await persist(pace, 'read', answeringAfter(8), aCall({ deadlineMs: 60_000 }));

    expect(slept).toEqual([12.5, 25, 50, 100, 200, 400, 500, 500]);
  });

  it('is unavailable once the deadline would pass before another attempt, and says why', async () => {
    const { pace } = aPace();
    const error = throttled();
    const call = aCall({ deadlineMs: 100 });

    await expect(persist(pace, 'read', answeringAfter(100, error), call)).rejects.toMatchObject({ kind: 'unavailable', cause: error });
    expect(pace.now()).toBeLessThan(100);
  });

  it('begins nothing past the deadline', async () => {
    const call = aCall({ deadlineMs: 0 });

    await expect(persist(aPace().pace, 'read', answeringAfter(0), call)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(call.usage.calls).toBe(0);
  });

  it('does not repeat what would fail again', async () => {
    const call = aCall({ deadlineMs: 1_000 });

    await expect(persist(aPace().pace, 'read', answeringAfter(1, new RangeError('a bug')), call)).rejects.toThrow(RangeError);
    expect(call.usage.calls).toBe(1);
  });

  it('cuts an attempt off that is not answered', async () => {
    const silent: Attempt<object> = ({ abortSignal }) =>
      new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(abortSignal.reason)));

    await expect(persist({ ...aPace().pace }, 'read', silent, aCall({ deadlineMs: 30 }))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('round trips', () => {
  const at =
    (ms: number): Attempt<object> =>
    () =>
      new Promise((resolve) => setImmediate(() => resolve({ ms })));

  it('count calls that overlap as one', async () => {
    const call = aCall();

    await Promise.all([persist(aPace().pace, 'read', at(1), call), persist(aPace().pace, 'read', at(1), call)]);
    await persist(aPace().pace, 'read', at(1), call);

    expect(call.usage).toMatchObject({ calls: 3, roundTrips: 2 });
  });
});
