import { type ChangeEvent, IDS_OF_AN_EVENT } from '../../directory/feed/change-event.ts';
import type { FeedEntry, PlacedEvent } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { MANIFEST_CHUNK, PURGED, readManifestChunk } from '../staged/manifest.ts';
import type { TableClient } from '../table-client.ts';
import type { LogItem } from './item.ts';
import { behind } from './place.ts';

/** Events that one item of a manifest makes; those it is too short for are left out, and count all the same. */
const EVENTS_OF_A_CHUNK = Math.ceil(MANIFEST_CHUNK / IDS_OF_AN_EVENT);

export type Reading = { readonly table: TableClient; readonly tenant: string };

/** The events of an item from number `index` on, one by one: whoever has enough leaves the rest of a large change unread. */
export async function* eventsIn(reading: Reading, item: LogItem, index: number, call: StoreCall): AsyncGenerator<PlacedEvent> {
  for (const [place, entry] of item.entries.entries()) {
    if (entry.manifest !== undefined) yield* eventsOfManifest(reading, item, { entry, place, manifest: entry.manifest }, index, call);
    else if (place >= index && !isVoid(entry)) yield placed(item, place, place === item.entries.length - 1, toEvent(reading, entry, {}));
  }
}

/** All of the members it was about have been purged. */
const isVoid = ({ members }: FeedEntry): boolean => members?.length === 0;

type Large = { readonly entry: FeedEntry; readonly place: number; readonly manifest: string };

async function* eventsOfManifest(
  reading: Reading,
  item: LogItem,
  { entry, place, manifest }: Large,
  index: number,
  call: StoreCall,
): AsyncGenerator<PlacedEvent> {
  let slot = Math.max(0, index - place);
  for (;;) {
    const chunk = Math.floor(slot / EVENTS_OF_A_CHUNK);
    const { ids, kind, isLast } = await readManifestChunk(reading.table, entry.resourceId, manifest, chunk, call);
    for (; slot < (chunk + 1) * EVENTS_OF_A_CHUNK; slot += 1) {
      const first = (slot % EVENTS_OF_A_CHUNK) * IDS_OF_AN_EVENT;
      const members = ids.slice(first, first + IDS_OF_AN_EVENT).filter((id) => id !== PURGED);
      if (members.length === 0) continue;
      const isEnd = isLast && first + IDS_OF_AN_EVENT >= ids.length;
      yield placed(item, place + slot, isEnd, toEvent(reading, entry, { type: `members.${kind}`, part: entry.part + slot, members }));
    }
    if (isLast) return;
  }
}

const placed = (item: LogItem, index: number, isEnd: boolean, event: ChangeEvent): PlacedEvent => ({
  event,
  next: isEnd ? behind(item) : { generation: item.generation, position: item.position, index: index + 1 },
});

const toEvent = ({ tenant }: Reading, { manifest: _, ...entry }: FeedEntry, own: Partial<FeedEntry>): ChangeEvent =>
  eventOf(tenant, { ...entry, ...own });

/** The event of an entry that has no manifest. */
export const eventOf = (tenant: string, entry: FeedEntry): ChangeEvent => ({
  id: `${entry.resourceId}.${entry.version}.${entry.part}`,
  tenant,
  ...entry,
});
