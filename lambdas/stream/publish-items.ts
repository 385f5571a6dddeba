import type { StoreCall } from '../../src/access/ports.ts';
import { isOutOfReach, type StreamServices, type TableRecord } from '../../src/runtime/stream-services.ts';
import { type Poison, putAside, sayWhy } from './put-aside.ts';
import type { Taken } from './taken.ts';

type Place = NonNullable<ReturnType<StreamServices['placeOf']>>;
type Publication = ReturnType<StreamServices['publicationIn']>;
type Item = { readonly index: number; readonly place: Place; readonly publication: Publication };

/** So many events are sent within seconds, ten in a call; what else came up at the same time waits in the queue. */
const SENT_AT_ONCE = 1_000;

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
    const { now, later } = inTurns(items);
    const published = await publish(services, bus, now);
    await queue.send(later.map(({ place }) => ({ work: workAt(place), delaySeconds: 0 })));
    await queue.send(now.flatMap(({ publication: { rest } }) => (rest === undefined ? [] : [{ work: workAt(rest), delaySeconds: 0 }])));
    return { counts: { published, putAside: poison.length } };
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    sayWhy(services, 'What the bus is to be told could not be queued yet', error);
    return { failedAt: placed[0]?.index ?? 0 };
  }
}

function readItem(
  { publicationIn }: StreamServices,
  record: TableRecord,
  at: { readonly index: number; readonly place: Place },
  poison: Poison[],
): readonly Item[] {
  try {
    return [{ ...at, publication: publicationIn(record) }];
  } catch (error) {
    poison.push({ error, work: workAt(at.place) });
    return [];
  }
}

/** The first one in any case. */
function inTurns(items: readonly Item[]): { readonly now: readonly Item[]; readonly later: readonly Item[] } {
  let room = SENT_AT_ONCE;
  const end = items.findIndex(({ publication }, index) => {
    room -= publication.events.length;
    return room < 0 && index > 0;
  });
  return end === -1 ? { now: items, later: [] } : { now: items.slice(0, end), later: items.slice(end) };
}

async function publish(services: StreamServices, bus: NonNullable<StreamServices['bus']>, items: readonly Item[]): Promise<number> {
  const events = items.flatMap(({ publication }) => publication.events);
  try {
    await bus.publish(events);
    return events.length;
  } catch (error) {
    sayWhy(services, 'The bus took not all of its events, which are sent again', error);
    await services.queue.send(items.map(({ place }) => ({ work: workAt(place), delaySeconds: AGAIN_SECONDS })));
    return 0;
  }
}

const workAt = (place: Place) => ({ kind: 'publish', ...place }) as const;
