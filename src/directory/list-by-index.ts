import type { Filter } from '../scim/filter/ast.ts';
import { MAX_READ_MEMBERS } from './answer-size.ts';
import { type Budget, refuseWalk, wholeBudget } from './budget.ts';
import type { Directory, RequestContext } from './context.ts';
import { look, matches } from './look.ts';
import { planFor } from './plan.ts';
import type { Loaded } from './ports.ts';
import { relateListed } from './relate-listed.ts';
import type { IndexPage, Listed, Listing, Plan } from './search.ts';
import { seesAll } from './seen.ts';

type Window = { readonly skip: number; readonly count: number };
type Found = { readonly total: number; readonly loaded: readonly Loaded[] };

/**
 * Lists by `startIndex`, type after type.
 *
 * Never answers in part: a client would take what is left out for missing, and create it anew.
 */
export async function listByIndex(directory: Directory, context: RequestContext, { paging, selections }: Listing): Promise<IndexPage> {
  const { startIndex, count } = paging;
  const plans = await Promise.all(selections.map((selection) => planFor(directory, context, selection)));
  const budget = wholeBudget(directory, context);
  const items: Listed[] = [];
  let total = 0;
  let left = count;
  for (const plan of plans) {
    const window = { skip: Math.max(0, startIndex - 1 - total), count: left };
    const found = await find(directory, context, plan, window, budget);
    items.push(...found.loaded.map((loaded) => ({ selection: plan.selection, loaded })));
    total += found.total;
    left = isCut(found, window) ? 0 : left - found.loaded.length;
  }
  return { total, startIndex, items };
}

/** Says whether a page ended early, for its size: no other type may follow on it, or the next page would leave out the rest. */
const isCut = ({ total, loaded }: Found, { skip, count }: Window): boolean =>
  loaded.length > 0 && loaded.length < Math.min(count, total - skip);

/** What counts without being looked at counts for all applications alike: where not everything is seen, everything is looked at. */
function find(directory: Directory, context: RequestContext, plan: Plan, window: Window, budget: Budget): Promise<Found> {
  const { source, filter } = plan;
  if (!seesAll(context)) return search(directory, context, plan, window, budget);
  if (source.kind === 'range' && filter === undefined) return readAll(directory, context, plan, window);
  const [groupId, ...nested] = source.kind === 'members' ? source.groupIds : [];
  if (groupId !== undefined && nested.length === 0 && isComparison(filter)) return readMembers(directory, context, plan, groupId, window);
  return search(directory, context, plan, window, budget);
}

/** Says whether a filter asks for one thing alone. */
const isComparison = (filter: Filter | undefined): boolean =>
  filter?.kind === 'compare' || (filter?.kind === 'valuePath' && filter.filter.kind === 'compare');

/**
 * Where the members of one group are all that is asked for, its own rows count them, and only those on the page are read: as
 * many as are shown of the largest group, not as many as may be looked at.
 */
async function readMembers(
  directory: Directory,
  context: RequestContext,
  plan: Plan,
  groupId: string,
  { skip, count }: Window,
): Promise<Found> {
  const { store } = directory;
  const { type } = plan.selection;
  const read = { ...plan.include, members: false };
  const ids: string[] = [];
  for (const groupType of Object.keys(type.references ?? {})) {
    const group = await store.load(groupType, groupId, { members: { atMost: MAX_READ_MEMBERS } }, context);
    if (group !== undefined && group.members === undefined) refuseWalk('unsorted');
    ids.push(...(group?.members ?? []).filter((member) => member.type === type.name).map(({ value }) => value));
  }
  const found = await store.loadMany(type.name, ids.sort().slice(skip, skip + count), read, context);
  return { total: ids.length, loaded: await relateListed(directory, context, { ...plan, read }, found) };
}

/** Where all match, they are counted as they come and go, and a page is read by itself. */
async function readAll(directory: Directory, context: RequestContext, plan: Plan, { skip, count }: Window): Promise<Found> {
  const type = plan.selection.type.name;
  if (count === 0) return { total: await directory.store.count(type, context), loaded: [] };
  const { application, credential } = context.principal;
  const range = { startIndex: skip + 1, count, reader: `${application}/${credential}` };
  if (!plan.include.members) return directory.store.page(type, range, plan.include, context);
  const { total, loaded } = await directory.store.page(type, range, {}, context);
  return { total, loaded: await relateListed(directory, context, plan, loaded) };
}

async function search(directory: Directory, context: RequestContext, plan: Plan, { skip, count }: Window, budget: Budget): Promise<Found> {
  const loaded: Loaded[] = [];
  let total = 0;
  for await (const { candidates, isLast } of look(directory, context, plan, {})) {
    for (const candidate of candidates) {
      if (matches(plan, candidate, context, budget) === undefined) continue;
      total += 1;
      if (total > skip && loaded.length < count) loaded.push(candidate);
    }
    if (!isLast && budget.isSpent()) refuseWalk('unsorted');
  }
  return { total, loaded: await relateListed(directory, context, plan, loaded) };
}
