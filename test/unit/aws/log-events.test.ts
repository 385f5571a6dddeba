import { CloudWatchLogsClient, type FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { followEvents } from '../../../src/aws/log-events.ts';

const BEGIN = Date.parse('2026-06-01T00:00:00.000Z');

afterEach(() => void jest.useRealTimers());

describe('following the lines of a deployed tenant', () => {
  it('asks for all that has come since it asked last, however long ago that is', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'], now: BEGIN });
    const stop = new AbortController();
    const asked: (number | undefined)[] = [];
    const send = async ({ input }: FilterLogEventsCommand) => {
      asked.push(input.startTime);
      if (asked.length === 2) stop.abort();
      return { events: [{ eventId: `e${asked.length}`, timestamp: BEGIN, message: 'x' }] };
    };
    const client = Object.assign(new CloudWatchLogsClient({ region: 'eu-central-1' }), { send });

    for await (const _ of followEvents({ client, groups: [{ name: 'g', origin: 'users' }], signal: stop.signal }, BEGIN - 30_000))
      jest.setSystemTime(BEGIN + 600_000);

    expect(asked).toEqual([BEGIN - 30_000, BEGIN - 30_000]);
  });
});
