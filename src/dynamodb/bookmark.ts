import * as z from 'zod/mini';
import type { StoreCall } from '../directory/ports.ts';
import { lazily } from '../scim/lazily.ts';
import { type Attributes, number, text } from './item.ts';
import { keyOf } from './keys.ts';
import type { TableClient } from './table-client.ts';
import type { PlannedWrite } from './write.ts';

/** A place in a list: `position` resources come up to and including `lastId`. */
export type Place = { readonly position: number; readonly lastId: string | undefined };

export const START: Place = { position: 0, lastId: undefined };

const markSchema = () =>
  z.object({
    position: z.number(),
    lastId: z.string(),
    /** Removals counted before the place was reached: as long as there is none more, the place is exact for everyone. */
    removals: z.optional(z.number()),
  });

/** A place that is remembered. */
export type Mark = z.output<ReturnType<typeof markSchema>>;

const marksSchema = lazily(() => z.array(markSchema()));

/** Where one reader of a list is: the places its last page began and ended at. */
export type Bookmark = {
  readonly marks: readonly Mark[];
  /** Whether the reader still has pages to come. */
  readonly isReading: boolean;
};

const NO_BOOKMARK: Bookmark = { marks: [], isReading: false };

/** Nobody reads the next page later than this and expects it to join on. */
const LIFETIME_MS = 60 * 60_000;

export async function readBookmark(table: TableClient, type: string, reader: string, nowMs: number, call: StoreCall): Promise<Bookmark> {
  const row = await table.get(keyOf.bookmark(type, reader), call);
  return row && number(row, 'ttl') * 1_000 > nowMs ? toBookmark(row) : NO_BOOKMARK;
}

export const planBookmark = (type: string, reader: string, { marks, isReading }: Bookmark, nowMs: number): PlannedWrite => ({
  write: {
    kind: 'put',
    key: keyOf.bookmark(type, reader),
    attributes: { marks: JSON.stringify(marks), isReading: Number(isReading), ttl: Math.ceil((nowMs + LIFETIME_MS) / 1_000) },
  },
});

/**
 * Finds the best place to begin at, at or before `position`.
 *
 * Whoever reads page after page goes on behind the last resource seen, so that a removal in between makes nothing be
 * skipped or seen twice. Everyone else gets what stands at that position now: a place from before a removal is of no use.
 */
export function placeFor(position: number, { marks, isReading }: Bookmark, removals: number): Place {
  const next = isReading ? marks.find((mark) => mark.position === position) : undefined;
  const exact = marks.filter((mark) => mark.removals === removals && mark.position <= position);
  return next ?? exact.reduce<Place>((best, mark) => (mark.position > best.position ? mark : best), START);
}

/** Anything unreadable is no bookmark: the way is walked instead. */
function toBookmark(row: Attributes): Bookmark {
  const parsed = marksSchema().safeParse(JSON.parse(text(row, 'marks')));
  return parsed.success ? { marks: parsed.data, isReading: number(row, 'isReading') === 1 } : NO_BOOKMARK;
}
