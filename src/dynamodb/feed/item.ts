import type { FeedEntry } from '../../directory/feed/ports.ts';
import { isObject } from '../../scim/json.ts';
import { type Attributes, MalformedItem, number, text } from '../item.ts';
import { type Position, positionIn } from './place.ts';

/** So much is written down in one item: what one writer has at once, up to what EventBridge counts as one event. */
const ITEM_BYTES = 64 * 1024;

/** An item of the log. */
export type LogItem = Position & { readonly atMs: number; readonly entries: readonly FeedEntry[] };

export const toLogItem = (row: Attributes): LogItem => ({
  ...positionIn(text(row, 'sk')),
  atMs: number(row, 'atMs'),
  entries: toEntries(JSON.parse(text(row, 'events'))),
});

function toEntries(value: unknown): readonly FeedEntry[] {
  if (!Array.isArray(value) || !value.every(isEntry)) throw new MalformedItem('an item of the log holds no events');
  return value;
}

/** Only this code writes entries: what is checked is what their place and their id are made of. */
const isEntry = (value: unknown): value is FeedEntry =>
  isObject(value) && typeof value['resourceId'] === 'string' && Number.isInteger(value['version']) && Number.isInteger(value['part']);

/** Cuts entries into what one item takes; the members of a large change are the last of theirs, so that those before can be counted. */
export function itemsOf(entries: readonly FeedEntry[]): readonly string[] {
  const items: string[][] = [];
  let room = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    const bytes = Buffer.byteLength(text) + 1;
    if (bytes > room) {
      items.push([]);
      room = ITEM_BYTES;
    }
    items.at(-1)?.push(text);
    room = entry.manifest === undefined ? room - bytes : 0;
  }
  return items.map((texts) => `[${texts.join(',')}]`);
}
