import type { Directory, RequestContext } from './context.ts';
import { cursorsOf } from './cursor.ts';
import { listByCursor } from './list-by-cursor.ts';
import { listByIndex } from './list-by-index.ts';
import { listSorted } from './list-sorted.ts';
import type { Listing, Page } from './search.ts';

/**
 * Lists resources (RFC 7644 §3.4.2), of one type or of several one after the other: by a key where the filter allows it,
 * else by a bounded walk.
 *
 * @throws {ScimError} tooMany — the walk would be longer than one request may be
 * @throws {ScimError} invalidCursor, expiredCursor
 */
export async function listResources(directory: Directory, context: RequestContext, listing: Listing): Promise<Page> {
  if (listing.paging.cursor !== undefined && listing.paging.count === 0) return countByCursor(directory, context, listing);
  if (listing.selections.some(({ query }) => query.sort !== undefined)) return listSorted(directory, context, listing);
  return listing.paging.cursor === undefined ? listByIndex(directory, context, listing) : listByCursor(directory, context, listing);
}

/** A page of none asks for the total alone (RFC 9865 §2): no page follows it. */
async function countByCursor(directory: Directory, context: RequestContext, listing: Listing): Promise<Page> {
  cursorsOf(listing, context).open(listing.paging.cursor ?? '');
  const { total } = await listByIndex(directory, context, { ...listing, paging: { startIndex: 1, count: 0 } });
  return { total, items: [], cursorBehind: () => undefined };
}
