import { type Budget, pageBudget } from '../budget.ts';
import type { Directory, RequestContext } from '../context.ts';
import { matches } from '../look.ts';
import { remainder } from '../plan.ts';
import type { RemovedResource } from '../ports.ts';
import { USER } from '../resource.ts';
import type { Selection } from '../search.ts';
import type { ListedResource } from './answers.ts';
import { type ListedRows, rowOf } from './listed-rows.ts';

/** No cursor of a list of those that are there looks so. */
const CURSOR = /^kept:([\da-f-]{36})?$/;

/** Behind which id of those that are kept a page begins: '' from the first on; undefined where the cursor is another one. */
export function placeAmongKept(cursor: string): string | undefined {
  const place = CURSOR.exec(cursor);
  return place === null ? undefined : (place[1] ?? '');
}

/**
 * Adds users that are kept and hidden to a page, in the order of ids, and says where the next page begins.
 *
 * Not many are read beyond the page; where few match, it may end before it is full.
 */
export async function addKept(
  directory: Directory,
  context: RequestContext,
  selection: Selection,
  page: ListedRows,
  after: string,
): Promise<string | undefined> {
  if (selection.type.name !== USER) return undefined;
  const budget = pageBudget(directory, context);
  let seen = after;
  for await (const chunk of directory.store.listRemoved(USER, context, after)) {
    for (const removed of chunk) {
      const row = keptRow(context, selection, removed, budget);
      if (row !== undefined && !page.add(row)) return `kept:${seen}`;
      seen = removed.resource.id;
    }
    if (budget.isSpent()) return `kept:${seen}`;
  }
  return undefined;
}

/** The row of a removed user, if it is kept without end and matches. Who is kept counts as disabled, whatever it was before. */
export function keptRow(
  context: RequestContext,
  selection: Selection,
  { resource: former, removal, until }: RemovedResource,
  budget: Budget,
): ListedResource | undefined {
  const filter = remainder(selection);
  if (until !== undefined || filter === false) return undefined;
  const loaded = { resource: { ...former, attributes: { ...former.attributes, active: false } } };
  const isMatch = matches({ selection, ...(filter !== true && { filter }) }, loaded, context, budget) !== undefined;
  return isMatch ? rowOf({ selection, loaded }, context, removal) : undefined;
}
