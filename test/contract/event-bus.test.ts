import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { type AwsEndpoint, startAwsEndpoint } from '../../local/aws-endpoint.ts';
import { openEventBus } from '../../src/aws/event-bus.ts';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';

const KEY = 'key-of-the-tests';

const callSchema = z.object({
  Entries: z.array(z.object({ EventBusName: z.string(), Source: z.string(), DetailType: z.string(), Detail: z.string() })),
});
type Entry = z.output<typeof callSchema>['Entries'][number];

let endpoint: AwsEndpoint;
let calls: (readonly Entry[])[];
let refuse: (entry: Entry, call: number) => string | undefined;

beforeEach(async () => {
  [calls, refuse] = [[], () => undefined];
  endpoint = await startAwsEndpoint({
    accessKeyId: KEY,
    version: '1.1',
    perform: (target, input) => {
      const { Entries } = target === 'AWSEvents.PutEvents' ? z.parse(callSchema, input) : { Entries: [] };
      calls.push(Entries);
      const answers = Entries.map((entry) => refuse(entry, calls.length));
      return { FailedEntryCount: answers.filter(Boolean).length, Entries: answers.map((ErrorCode) => (ErrorCode ? { ErrorCode } : {})) };
    },
  });
});
afterEach(() => endpoint.close());

const open = () => {
  const credentials = { accessKeyId: KEY, secretAccessKey: KEY };
  const client = new EventBridgeClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
  return openEventBus({ client, busName: 'scim-example', sleep: async () => undefined, random: () => 0 });
};

const anEvent = (version: number, overrides: Partial<ChangeEvent> = {}): ChangeEvent => ({
  id: `u.${version}.0`,
  type: 'user.updated',
  tenant: 'example',
  resourceType: 'User',
  resourceId: 'u',
  version,
  part: 0,
  time: '2026-01-02T03:04:05.678Z',
  ...overrides,
});

const eventsOf = (entries: readonly Entry[]): readonly ChangeEvent[] => entries.map(({ Detail }) => JSON.parse(Detail));

describe('the event bus', () => {
  it('gets each event as an entry that rules can match by its type', async () => {
    await open().publish([anEvent(1)]);

    expect(calls).toMatchObject([
      [{ EventBusName: 'scim-example', Source: 'serverless-scim', DetailType: 'user.updated', Detail: JSON.stringify(anEvent(1)) }],
    ]);
  });

  it('gets ten in a call', async () => {
    const events = Array.from({ length: 23 }, (_, index) => anEvent(index));

    await open().publish(events);

    expect(calls.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(calls.flatMap(eventsOf)).toEqual(events);
  });

  it('gets fewer where they are large', async () => {
    const large = { profile: { note: 'x'.repeat(100 * 1024) } };

    await open().publish([anEvent(1, large), anEvent(2, large), anEvent(3, large), anEvent(4)]);

    expect(calls.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('gets again those that it has not taken, and only those', async () => {
    refuse = ({ Detail }, call) => (Detail.includes('u.2.0') && call < 3 ? 'ThrottlingException' : undefined);

    await open().publish([anEvent(1), anEvent(2)]);

    expect(calls.map((entries) => eventsOf(entries).map(({ version }) => version))).toEqual([[1, 2], [2], [2]]);
  });

  it('fails in the end, naming how many and why, but not what', async () => {
    refuse = () => 'InternalFailure';

    const publishing = open().publish([anEvent(1, { resourceId: 'secret' })]);

    await expect(publishing).rejects.toThrow('1 events were refused: InternalFailure');
    expect(calls).toHaveLength(5);
  });
});
