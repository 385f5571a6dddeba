import type { Include, Loaded, PageRange, StoreCall } from '../directory/ports.ts';
import { ScimError } from '../scim/errors.ts';
import { type Bookmark, type Mark, type Place, placeFor, planBookmark, readBookmark, START } from './bookmark.ts';
import { readCounts } from './counts.ts';
import { type Attributes, text } from './item.ts';
import { partitionOf } from './keys.ts';
import { relate } from './load.ts';
import type { MembershipTypes } from './membership-types.ts';
import { type ResourceRows, readResourceRows } from './resource-rows.ts';
import { toResource } from './rows.ts';
import type { TableClient } from './table-client.ts';

/** Time kept back from a long walk, to leave a bookmark and say so. */
const WALK_RESERVE_MS = 1_000;
/** A bookmark is worth no longer wait than this. */
const BOOKMARK_TIMEOUT_MS = 500;
/** How many resources' relations are read at the same time by a scan. */
const RELATED_AT_ONCE = 100;

/** What `page` and `scan` work with. */
export type Reading = { readonly table: TableClient; readonly types: MembershipTypes; readonly now: () => number };

type Begun = { readonly total: number; readonly from: Place; readonly removals?: number } & ResourceRows;

/**
 * Reads resources from the 1-based `startIndex` on.
 *
 * Each page leaves a bookmark where the next one begins, so that all pages read in sequence cost the same; without one,
 * the way there is walked.
 */
export async function page(
  reading: Reading,
  type: string,
  range: PageRange,
  include: Include,
  call: StoreCall,
): Promise<{ readonly total: number; readonly loaded: readonly Loaded[] }> {
  const begun = await (range.startIndex <= 1 ? first(reading, type, range, call) : later(reading, type, range, call));
  const bookmark = bookmarkAfter(begun, range.startIndex);
  // Sent first: it is given up soon, and the others may be a hundred.
  const leaving = bookmark === undefined ? undefined : leave(reading, type, range.reader, bookmark, call);
  const [loaded] = await Promise.all([relate(reading.table, reading.types, resourcesIn(type, begun.rows), include, call), leaving]);
  return { total: begun.total, loaded };
}

/** Walks the whole collection; in smaller steps where each resource has relations to be read. */
export async function* scan({ table, types }: Reading, type: string, include: Include, call: StoreCall): AsyncGenerator<readonly Loaded[]> {
  const limit = include.groups || include.members ? { pageSize: RELATED_AT_ONCE } : {};
  for await (const rows of table.pages({ pk: partitionOf.resources(type), ...limit }, call)) {
    yield await relate(table, types, resourcesIn(type, rows), include, call);
  }
}

const resourcesIn = (type: string, rows: readonly Attributes[]) => rows.map((row) => toResource(type, row));

/** The first page needs no bookmark, so nothing has to be read before it; whether removals came first is then not known. */
async function first({ table }: Reading, type: string, { count }: PageRange, call: StoreCall): Promise<Begun> {
  const [{ total }, taken] = await Promise.all([readCounts(table, type, call), take(table, type, undefined, count, call)]);
  return { total, from: START, ...taken };
}

async function later(reading: Reading, type: string, { startIndex, count, reader }: PageRange, call: StoreCall): Promise<Begun> {
  const { table, now } = reading;
  const [{ total, removals }, bookmark] = await Promise.all([
    readCounts(table, type, call),
    readBookmark(table, type, reader, now(), call),
  ]);
  const near = placeFor(startIndex - 1, bookmark, removals);
  const rest = (place: Place) => restUntilAsked(reading, type, reader, markAt(place, removals), call);
  // Who is led on by a bookmark may be past the new end, once others have removed what came before it.
  const isPastEnd = total < startIndex && near.position < startIndex - 1;
  const from = isPastEnd ? undefined : await walk(reading, type, near, startIndex - 1, rest, call);
  const taken = from === undefined ? END : await take(table, type, from.lastId, count, call);
  return { total, removals, from: from ?? START, ...taken };
}

const END: ResourceRows = { rows: [], isLast: true };

/** Comes to the place at `position`; undefined when the collection ends earlier. */
async function walk(
  { table, now }: Reading,
  type: string,
  near: Place,
  position: number,
  rest: (place: Place) => Promise<never>,
  call: StoreCall,
): Promise<Place | undefined> {
  if (near.position === position) return near;
  const after = near.lastId === undefined ? {} : { after: near.lastId };
  const range = { pk: partitionOf.resources(type), ...after, limit: position - near.position, only: ['sk'] };
  let place = near;
  for await (const rows of table.pages(range, call)) {
    place = { position: place.position + rows.length, lastId: rows.map((row) => text(row, 'sk')).at(-1) ?? place.lastId };
    if (place.position === position) return place;
    if (now() > call.deadlineMs - WALK_RESERVE_MS) await rest(place);
  }
  return undefined;
}

/** Leaves what has been walked for the same request to go on from, when it is sent again. */
async function restUntilAsked(reading: Reading, type: string, reader: string, marks: readonly Mark[], call: StoreCall): Promise<never> {
  await leave(reading, type, reader, { marks, isReading: false }, call);
  throw new ScimError(
    'unavailable',
    'The page lies too far into the list to be reached in one request; the same request can be sent again and comes further.',
  );
}

const take = (table: TableClient, type: string, lastId: string | undefined, count: number, call: StoreCall): Promise<ResourceRows> =>
  readResourceRows(table, { pk: partitionOf.resources(type), ...(lastId !== undefined && { after: lastId }) }, count, call);

/** Where this page began, for when it is asked for again, and where the next one begins; nothing for a list of one page. */
function bookmarkAfter({ from, rows, isLast, removals }: Begun, startIndex: number): Bookmark | undefined {
  if (rows.length === 0 || (isLast && startIndex <= 1)) return undefined;
  const next = { position: from.position + rows.length, lastId: rows.map((row) => text(row, 'sk')).at(-1) };
  return { marks: [...markAt(from, removals), ...(isLast ? [] : markAt(next, removals))], isReading: !isLast };
}

const markAt = ({ position, lastId }: Place, removals: number | undefined): readonly Mark[] =>
  lastId === undefined ? [] : [{ position, lastId, ...(removals !== undefined && { removals }) }];

/** A page without a bookmark behind it is only slower, so a failure is no one's business. */
async function leave({ table, now }: Reading, type: string, reader: string, bookmark: Bookmark, call: StoreCall): Promise<void> {
  const deadlineMs = Math.min(call.deadlineMs, now() + BOOKMARK_TIMEOUT_MS);
  await table.execute({ writes: [planBookmark(type, reader, bookmark, now())] }, { ...call, deadlineMs }).catch(() => undefined);
}
