import { setTimeout } from 'node:timers/promises';
import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { ChangeEvent } from '../directory/feed/change-event.ts';
import type { EventBus } from '../directory/feed/ports.ts';

export type EventBusOptions = {
  readonly client: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
  /** Time and chance, passed in so that tests need neither. */
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly random?: () => number;
};

/** What rules match events by, beside their type. */
const SOURCE = 'serverless-scim';

/** What one call of the service takes. */
const CALL_EVENTS = 10;
const CALL_BYTES = 256 * 1024;
/** What an event's time counts as. */
const TIME_BYTES = 14;

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;

/** Events that the bus did not take; it names no content. */
class NotPublished extends Error {
  override readonly name = 'NotPublished';
}

/** Opens the tenant's event bus: each event is an entry of its own, and those that were refused are sent again. */
export const openEventBus = ({ client, busName, sleep = setTimeout, random = Math.random }: EventBusOptions): EventBus => ({
  publish: async (events) => {
    for (const entries of callsOf(events.map((event) => toEntry(busName, event)))) {
      let left = entries;
      for (let attempt = 1; left.length > 0; attempt += 1) {
        const { refused, code } = await put(client, left);
        if (refused.length > 0 && attempt === ATTEMPTS) throw new NotPublished(`${refused.length} events were refused: ${code}`);
        if (refused.length > 0) await sleep(random() * FIRST_PAUSE_MS * 2 ** attempt);
        left = refused;
      }
    }
  },
});

const toEntry = (busName: string, event: ChangeEvent): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: SOURCE,
  DetailType: event.type,
  Time: new Date(event.time),
  Detail: JSON.stringify(event),
});

async function put(client: Pick<EventBridgeClient, 'send'>, entries: readonly PutEventsRequestEntry[]) {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
  return { refused: entries.filter((_, index) => Entries[index]?.ErrorCode), code: Entries.find(({ ErrorCode }) => ErrorCode)?.ErrorCode };
}

/** One that is too large for a call is one by itself: the service says so. */
function callsOf(entries: readonly PutEventsRequestEntry[]): readonly (readonly PutEventsRequestEntry[])[] {
  const calls: PutEventsRequestEntry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    if (bytes > room || calls.at(-1)?.length === CALL_EVENTS) {
      calls.push([]);
      room = CALL_BYTES;
    }
    calls.at(-1)?.push(entry);
    room -= bytes;
  }
  return calls;
}

const bytesOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  TIME_BYTES + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);
