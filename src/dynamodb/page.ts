import type { Include, Loaded, StoreCall } from '../directory/ports.ts';
import { ScimError } from '../scim/errors.ts';
import { nearestPlace, type Place, planBookmark } from './bookmark.ts';
import { type Attributes, text } from './item.ts';
import { partitionOf } from './keys.ts';
import { withRelations } from './load.ts';
import type { MembershipTypes } from './membership-types.ts';
import type { TableClient } from './table-client.ts';

/** A page is shorter than asked for rather than larger than this: Lambda's answer may have 6 MB. */
const PAGE_LIMIT_BYTES = 4 * 1024 * 1024;
/** Time kept back from a long walk, to leave a bookmark and say so. */
const WALK_RESERVE_MS = 1_000;
/** A bookmark is worth no longer wait than this. */
const BOOKMARK_TIMEOUT_MS = 500;

/** What `page` and `scan` work with. */
export type Reading = { readonly table: TableClient; readonly types: MembershipTypes; readonly now: () => number };

/**
 * Reads resources from the 1-based `startIndex` on.
 *
 * Each page leaves a bookmark where the next one begins, so that all pages of a walk cost the same; without one, the way
 * from the nearest bookmark is walked.
 */
export async function page(
  reading: Reading,
  type: string,
  { startIndex, count }: { readonly startIndex: number; readonly count: number },
  include: Include,
  call: StoreCall,
): Promise<readonly Loaded[]> {
  if (count < 1) return [];
  const from = await walk(reading, type, startIndex, call);
  if (!from) return [];
  const { rows, isLast } = await take(reading.table, type, from.lastId, count, call);
  const lastId = rows.map((row) => text(row, 'sk')).at(-1);
  const reached = !isLast && lastId !== undefined && { position: from.position + rows.length, lastId };
  const [loaded] = await Promise.all([
    withRelations(reading.table, reading.types, type, rows, include, call),
    reached ? leaveBookmark(reading, type, reached, call) : undefined,
  ]);
  return loaded;
}

/** Walks the whole collection; in smaller steps where each resource has relations to be read. */
export async function* scan({ table, types }: Reading, type: string, include: Include, call: StoreCall): AsyncGenerator<readonly Loaded[]> {
  const limit = include.groups || include.members ? { limit: 100 } : {};
  for await (const rows of table.pages({ pk: partitionOf.resources(type), ...limit }, call)) {
    yield await withRelations(table, types, type, rows, include, call);
  }
}

/** Comes to the place before `startIndex`; undefined when the collection ends earlier. */
async function walk(reading: Reading, type: string, startIndex: number, call: StoreCall): Promise<Place | undefined> {
  const { table, now } = reading;
  let place = await nearestPlace(table, type, startIndex, now(), call);
  const missing = startIndex - 1 - place.position;
  if (missing <= 0) return place;
  const range = {
    pk: partitionOf.resources(type),
    ...(place.lastId !== undefined && { after: place.lastId }),
    limit: missing,
    only: ['sk'],
  };
  for await (const rows of table.pages(range, call)) {
    const ids = rows.slice(0, startIndex - 1 - place.position).map((row) => text(row, 'sk'));
    place = { position: place.position + ids.length, lastId: ids.at(-1) ?? place.lastId };
    if (place.position === startIndex - 1) return place;
    if (now() > call.deadlineMs - WALK_RESERVE_MS) await restUntilAsked(reading, type, place, call);
  }
  return undefined;
}

/** Leaves what has been walked for the same request to go on from, when it is sent again. */
async function restUntilAsked(reading: Reading, type: string, { position, lastId }: Place, call: StoreCall): Promise<never> {
  if (lastId !== undefined) await leaveBookmark(reading, type, { position, lastId }, call);
  throw new ScimError(
    'unavailable',
    'The page lies too far into the list to be reached in one request; the same request can be sent again and comes further.',
  );
}

async function take(table: TableClient, type: string, lastId: string | undefined, count: number, call: StoreCall) {
  const rows: Attributes[] = [];
  let bytes = 0;
  const range = { pk: partitionOf.resources(type), ...(lastId !== undefined && { after: lastId }), limit: count };
  for await (const found of table.pages(range, call)) {
    for (const row of found) {
      bytes += text(row, 'attributes').length;
      rows.push(row);
      if (rows.length === count || bytes >= PAGE_LIMIT_BYTES) return { rows, isLast: false };
    }
  }
  return { rows, isLast: true };
}

/** A page without a bookmark behind it is only slower, so a failure is no one's business. */
async function leaveBookmark(
  { table, now }: Reading,
  type: string,
  place: Place & { readonly lastId: string },
  call: StoreCall,
): Promise<void> {
  const deadlineMs = Math.min(call.deadlineMs, now() + BOOKMARK_TIMEOUT_MS);
  await table.execute({ writes: [planBookmark(type, place, now())] }, { ...call, deadlineMs }).catch(() => undefined);
}
