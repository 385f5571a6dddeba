import type { JsonObject } from '../scim/json.ts';
import { compareSortKeys, type SortKey, sortKeyOf } from '../scim/search/sort-key.ts';
import { refuseWalk, wholeBudget } from './budget.ts';
import type { Directory, RequestContext } from './context.ts';
import { look, matches } from './look.ts';
import { planFor } from './plan.ts';
import type { Loaded } from './ports.ts';
import type { Listing, Plan } from './search.ts';

/** What is kept of a match until its place is known. */
export type Entry = {
  readonly plan: Plan;
  readonly id: string;
  readonly key: SortKey;
  readonly lastModified: string;
  /** Kept where it is one of few. */
  readonly loaded?: Loaded;
};

/**
 * Looks at all that match and puts them in order, those that are equal in the order of ids.
 *
 * @throws {ScimError} tooMany
 */
export async function sortedEntries(directory: Directory, context: RequestContext, { selections }: Listing): Promise<readonly Entry[]> {
  const plans = await Promise.all(selections.map((selection) => planFor(directory, context, selection)));
  const budget = wholeBudget(directory, context);
  const entries: Entry[] = [];
  for (const plan of plans) {
    for await (const { candidates, isLast } of look(directory, context, plan, {})) {
      for (const candidate of candidates) {
        const resource = matches(plan, candidate, context, budget);
        if (resource !== undefined) entries.push(entryOf(plan, candidate, resource));
      }
      if (!isLast && budget.isSpent()) refuseWalk('sorted');
    }
  }
  return entries.sort(inOrder);
}

function entryOf(plan: Plan, loaded: Loaded, resource: JsonObject): Entry {
  const { id, lastModified } = loaded.resource;
  const { sort } = plan.selection.query;
  const key = sort && sortKeyOf(resource, sort);
  return { plan, id, key, lastModified, ...(plan.source.kind === 'ids' && { loaded }) };
}

function inOrder(left: Entry, right: Entry): number {
  const isDescending = left.plan.selection.query.sort?.isDescending === true;
  const order = compareSortKeys(left.key, right.key);
  if (order !== 0) return isDescending ? -order : order;
  return left.id < right.id ? -1 : 1;
}
