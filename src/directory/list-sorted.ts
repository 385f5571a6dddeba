import type { Directory, RequestContext } from './context.ts';
import { type Cursors, cursorsOf, invalidCursor, type OpenedCursor } from './cursor.ts';
import { covers } from './plan.ts';
import type { Loaded } from './ports.ts';
import { relateListed } from './relate-listed.ts';
import type { Listed, Listing, Page, Plan } from './search.ts';
import { type Entry, sortedEntries } from './sorted-entries.ts';

/** So many of the last ones on a page its cursor names: one that was changed or removed since tells no place. */
const NAMED = 3;

type Shown = { readonly listed: Listed; readonly at: number };

/**
 * Lists in the order of an attribute (RFC 7644 §3.4.2.3): all that match are looked at, whatever the page, and the page is
 * read once its place is known.
 */
export async function listSorted(directory: Directory, context: RequestContext, listing: Listing): Promise<Page> {
  const cursors = cursorsOf(listing, context);
  const { startIndex, count, cursor } = listing.paging;
  const opened = cursors.open(cursor ?? '');
  const entries = await sortedEntries(directory, context, listing);
  const begin = opened === undefined ? startIndex - 1 : resume(opened, entries);
  const { page, end } = await read(directory, context, entries, { begin, count });
  const items = page.map(({ listed }) => listed);
  if (cursor === undefined) return { total: entries.length, startIndex, items };
  return {
    total: entries.length,
    items,
    cursorBehind: (shown) => cursorAt(cursors, entries, shown < page.length ? (page[shown]?.at ?? 0) : end),
  };
}

/**
 * Goes on behind the last one that is where it was, whatever was removed or moved meanwhile, else by position.
 *
 * @throws {ScimError} invalidCursor
 */
function resume({ position, issuedMs }: OpenedCursor, entries: readonly Entry[]): number {
  if (!('offset' in position)) throw invalidCursor();
  for (const id of position.behind) {
    const at = entries.findIndex((entry) => entry.id === id && Date.parse(entry.lastModified) <= issuedMs);
    if (at >= 0) return at + 1;
  }
  return position.offset;
}

function cursorAt(cursors: Cursors, entries: readonly Entry[], offset: number): string | undefined {
  if (offset >= entries.length) return undefined;
  const named = entries.slice(Math.max(0, offset - NAMED), offset).map(({ id }) => id);
  return cursors.at({ offset, behind: named.reverse() });
}

/** Reads a page whose place is known, as far as one answer can carry it; what has been removed since is left out. */
async function read(
  directory: Directory,
  context: RequestContext,
  entries: readonly Entry[],
  { begin, count }: { readonly begin: number; readonly count: number },
): Promise<{ readonly page: readonly Shown[]; readonly end: number }> {
  const wanted = entries.slice(begin, begin + count);
  const plans = [...new Set(wanted.map(({ plan }) => plan))];
  const reads = await Promise.all(plans.map((plan) => readUnread(directory, context, plan, wanted)));
  const read = new Map<string, Loaded>(reads.flatMap(({ loaded }) => loaded).map((loaded) => [loaded.resource.id, loaded]));
  const left = new Set(reads.flatMap(({ leftOut }) => leftOut));
  const cutAt = wanted.findIndex(({ id }) => left.has(id));
  const kept = cutAt < 0 ? wanted : wanted.slice(0, cutAt);
  const page = kept.flatMap((entry, index) => {
    const loaded = isUnread(entry) ? read.get(entry.id) : entry.loaded;
    return loaded === undefined ? [] : [{ listed: { selection: entry.plan.selection, loaded }, at: begin + index }];
  });
  return { page, end: begin + (cutAt < 0 ? count : cutAt) };
}

/** Reads what a page shows of one type; `leftOut` are the ids that do not fit into it. */
async function readUnread(
  directory: Directory,
  context: RequestContext,
  plan: Plan,
  wanted: readonly Entry[],
): Promise<{ readonly loaded: readonly Loaded[]; readonly leftOut: readonly string[] }> {
  const ids = wanted.filter((entry) => entry.plan === plan && isUnread(entry)).map(({ id }) => id);
  const read = { ...plan.include, members: false };
  const found = await directory.store.loadMany(plan.selection.type.name, ids, read, context);
  const loaded = await relateListed(directory, context, { ...plan, read }, found);
  return { loaded, leftOut: found.slice(loaded.length).map(({ resource }) => resource.id) };
}

const isUnread = ({ plan, loaded }: Entry): boolean => loaded === undefined || !covers(plan.read, plan.include);
