import type { StoreCall } from '../directory/ports.ts';
import { anyOf, isAbove, isAbsent, isBelow } from './condition.ts';
import { number, text } from './item.ts';
import { keyOf } from './keys.ts';
import type { TableClient } from './table-client.ts';
import { type PlannedWrite, Superseded } from './write.ts';

/** A known place in a collection: `position` resources come up to and including `lastId`. */
export type Place = { readonly position: number; readonly lastId: string | undefined };

const START: Place = { position: 0, lastId: undefined };

/** Nobody reads the next page later than this and expects it to join on. */
const FRESH_MS = 10 * 60_000;
const LIFETIME_MS = 60 * 60_000;
/** How many bookmarks are looked at; all of them together are one read unit. */
const LOOKED_AT = 20;

/** Finds the nearest known place at or before the one from which `startIndex` is read. */
export async function nearestPlace(table: TableClient, type: string, startIndex: number, nowMs: number, call: StoreCall): Promise<Place> {
  if (startIndex <= 1) return START;
  const { pk, sk } = keyOf.bookmark(type, startIndex);
  const rows = await table.first({ pk, upTo: sk, backwards: true, limit: LOOKED_AT }, call);
  const live = rows.find((row) => number(row, 'ttl') * 1_000 > nowMs);
  return live ? { position: Number(text(live, 'sk')) - 1, lastId: text(live, 'lastId') } : START;
}

/**
 * Remembers a place for whoever reads on from there.
 *
 * While a bookmark is fresh it only ever moves back, so that two readers at the same time may see a resource twice, but
 * never make each other skip one.
 */
export function planBookmark(type: string, { position, lastId }: Place & { readonly lastId: string }, nowMs: number): PlannedWrite {
  const attributes = { lastId, leftAt: nowMs, ttl: Math.ceil((nowMs + LIFETIME_MS) / 1_000) };
  const condition = anyOf(isAbsent, isAbove('lastId', lastId), isBelow('leftAt', nowMs - FRESH_MS));
  return {
    write: { kind: 'put', key: keyOf.bookmark(type, position + 1), attributes, condition },
    onConditionFailed: () => new Superseded(),
  };
}
