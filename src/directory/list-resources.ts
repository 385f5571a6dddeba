import type { Filter } from '../scim/filter/ast.ts';
import { attributesOf } from '../scim/filter/attributes-of.ts';
import { evaluate } from '../scim/filter/evaluate.ts';
import type { ListQuery } from '../scim/query.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { candidateIds } from './candidates.ts';
import type { Directory, RequestContext } from './context.ts';
import { includeFor } from './include.ts';
import { memberIdsIn } from './member-terms.ts';
import type { Include, Loaded } from './ports.ts';
import { present } from './present.ts';
import { scanMatching } from './scan.ts';
import type { Page, Search } from './search.ts';

/**
 * Lists resources (RFC 7644 §3.4.2): by a key where the filter allows it, else by a bounded walk of the collection.
 *
 * @throws {ScimError} tooMany — the walk would be longer than one request may be
 */
export function listResources(directory: Directory, context: RequestContext, type: ResourceType, query: ListQuery): Promise<Page> {
  const include = includeFor(type, query.projection);
  const { filter, startIndex, count } = query;
  return filter === undefined
    ? listAll(directory, context, type, { startIndex, count, include })
    : search(directory, context, { type, filter, startIndex, count, include });
}

async function listAll(
  { store }: Directory,
  context: RequestContext,
  type: ResourceType,
  { startIndex, count, include }: Pick<Search, 'startIndex' | 'count' | 'include'>,
): Promise<Page> {
  if (count === 0) return { total: await store.count(type.name, context), startIndex, loaded: [] };
  const { application, credential } = context.principal;
  const range = { startIndex, count, reader: `${application}/${credential}` };
  return { startIndex, ...(await store.page(type.name, range, include, context)) };
}

async function search(directory: Directory, context: RequestContext, task: Search): Promise<Page> {
  const { type, filter, include, startIndex, count } = task;
  const ids = await candidateIds(directory, context, type, filter);
  if (ids === undefined) return { startIndex, ...(await walk(directory, context, task)) };
  const loaded = await loadCandidates(directory, context, type, ids, includeForFilter(type, filter, include));
  const matching = loaded.filter((candidate) => evaluate(filter, present(type, candidate, context)));
  return { total: matching.length, startIndex, loaded: matching.slice(startIndex - 1, startIndex - 1 + count) };
}

/** Most of what is walked past is not shown: what only the answer needs is read for its page alone. */
async function walk(directory: Directory, context: RequestContext, task: Search): Promise<Omit<Page, 'startIndex'>> {
  const { type, filter, include } = task;
  const forFilter = includeForFilter(type, filter, {});
  const { total, loaded } = await scanMatching(directory, context, { ...task, include: forFilter });
  if (loaded.length === 0 || covers(forFilter, include)) return { total, loaded };
  const resources = loaded.map(({ resource }) => resource);
  return { total, loaded: await directory.store.relate(resources, include, context) };
}

const covers = (read: Include, wanted: Include): boolean =>
  (!wanted.groups || read.groups === true) && (!wanted.members || read.members === true);

/** One candidate is read by its key; several in one batch. */
async function loadCandidates(
  { store }: Directory,
  context: RequestContext,
  type: ResourceType,
  ids: readonly string[],
  include: Include,
): Promise<readonly Loaded[]> {
  const [id, ...others] = ids;
  if (id === undefined) return [];
  if (others.length > 0) return store.loadMany(type.name, ids, include, context);
  const loaded = await store.load(type.name, id, include, context);
  return loaded === undefined ? [] : [loaded];
}

/** Adds what the filter itself looks at; where it only asks for certain members, only these are read. */
function includeForFilter(type: ResourceType, filter: Filter, include: Include): Include {
  const read = attributesOf(filter);
  const groups = include.groups === true || (type.groupsAttribute !== undefined && read.has(type.groupsAttribute));
  if (include.members === true || type.membersAttribute === undefined || !read.has(type.membersAttribute)) return { ...include, groups };
  return { groups, members: memberIdsIn(filter, type.membersAttribute) ?? true };
}
