import type { StoreCall } from '../../src/access/ports.ts';
import type { EventBus, FeedPlace } from '../../src/directory/feed/ports.ts';
import { isOutOfReach } from '../../src/runtime/out-of-reach.ts';
import type { Publication, StreamServices, TableRecord } from '../../src/runtime/stream-services.ts';
import { type Poison, putAside } from './put-aside.ts';
import { sayWhy } from './say-why.ts';
import type { Taken } from './taken.ts';

type Item = { readonly index: number; readonly place: FeedPlace; readonly publication: Publication };

/** So many events are sent within seconds, ten in a call; what else came up at the same time waits in the queue. */
const SENT_AT_ONCE = 1_000;

/** After about so many there is a look at the time. */
const EVENTS_OF_A_TURN = 100;

/** Within this before the deadline no more are sent: a call that is not answered ends by then. */
const SENDING_MS = 9_000;

/** While the bus takes nothing, what is to be told there waits in the queue, and the log goes on. */
const AGAIN_SECONDS = 30;

/** Sends what was written to the log to the bus, where there is one; a large change is left to a worker. */
export async function publishItems(services: StreamServices, records: readonly TableRecord[], call: StoreCall): Promise<Taken> {
  const { bus, queue, placeOf } = services;
  if (bus === undefined) return {};
  const placed = records.flatMap((record, index) => {
    const place = placeOf(record);
    return place === undefined ? [] : [{ record, index, place }];
  });
  const poison: Poison[] = [];
  const items = placed.flatMap(({ record, index, place }) => readItem(services, record, { index, place }, poison));
  try {
    await putAside(services, poison, call);
    const { sent, left, delaySeconds } = await publish(services, bus, items, call);
    await queue.send(left.map(({ place }) => ({ work: workAt(place), delaySeconds })));
    await queue.send(sent.flatMap(({ publication: { rest } }) => (rest === undefined ? [] : [{ work: workAt(rest), delaySeconds: 0 }])));
    return { counts: { published: eventsOf(sent).length, putAside: poison.length } };
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    sayWhy(services, 'What the bus is to be told could not be queued yet', error);
    return { failedAt: placed[0]?.index ?? 0 };
  }
}

function readItem(
  { publicationIn }: StreamServices,
  record: TableRecord,
  at: { readonly index: number; readonly place: FeedPlace },
  poison: Poison[],
): readonly Item[] {
  try {
    return [{ ...at, publication: publicationIn(record) }];
  } catch (error) {
    poison.push({ error, work: workAt(at.place) });
    return [];
  }
}

/** What was sent, and what is left to workers, from when on. */
type Sent = { readonly sent: readonly Item[]; readonly left: readonly Item[]; readonly delaySeconds: number };

async function publish(services: StreamServices, bus: EventBus, items: readonly Item[], call: StoreCall): Promise<Sent> {
  let [sent, left, events]: [readonly Item[], readonly Item[], number] = [[], items, 0];
  while (left.length > 0 && events < SENT_AT_ONCE && services.clock() < call.deadlineMs - SENDING_MS) {
    const turn = firstTurn(left);
    try {
      await bus.publish(eventsOf(turn));
    } catch (error) {
      sayWhy(services, 'The bus took not all of its events, which are sent again', error);
      return { sent, left, delaySeconds: AGAIN_SECONDS };
    }
    [sent, left, events] = [[...sent, ...turn], left.slice(turn.length), events + eventsOf(turn).length];
  }
  return { sent, left, delaySeconds: 0 };
}

function firstTurn(items: readonly Item[]): readonly Item[] {
  let events = 0;
  const end = items.findIndex(({ publication }) => {
    events += publication.events.length;
    return events >= EVENTS_OF_A_TURN;
  });
  return end === -1 ? items : items.slice(0, end + 1);
}

const eventsOf = (items: readonly Item[]) => items.flatMap(({ publication }) => publication.events);

const workAt = (place: FeedPlace) => ({ kind: 'publish', ...place }) as const;
