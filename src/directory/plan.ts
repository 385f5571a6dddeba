import type { Filter } from '../scim/filter/ast.ts';
import { attributesOf } from '../scim/filter/attributes-of.ts';
import { idRange } from '../scim/filter/id-range.ts';
import { simplify } from '../scim/filter/simplify.ts';
import { topPath } from '../scim/schema/lookup.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Sort } from '../scim/search/sort.ts';
import { answerInclude } from './answer-size.ts';
import { keyedSource } from './candidates.ts';
import type { Directory, RequestContext } from './context.ts';
import { memberIdsIn } from './member-terms.ts';
import { type Include, wantsAllMembers } from './ports.ts';
import type { Plan, Selection, Source } from './search.ts';

/** What is left to be asked of the resources of a type; true where all of them match, false where none does. */
export const remainder = ({ type, query: { filter } }: Selection): Filter | boolean => filter === undefined || simplify(filter, type);

/**
 * Plans how to find what is asked of one type: by a key where the filter insists on a value that leads to one, else within
 * the ids it allows.
 */
export async function planFor(directory: Directory, context: RequestContext, selection: Selection): Promise<Plan> {
  const { type, query } = selection;
  const include = answerInclude(type, query.projection, context);
  const forSort = readBySort(type, query.sort);
  const filter = remainder(selection);
  if (filter === false) return { selection, source: { kind: 'nowhere' }, read: {}, include };
  if (filter === true) return { selection, source: { kind: 'range', range: {} }, read: forSort, include };
  const source: Source = (await keyedSource(directory, context, type, filter)) ?? { kind: 'range', range: idRange(filter) };
  // The only candidate is probably the answer: it is read with all that is shown, at once.
  const read = source.kind === 'ids' && source.ids.length === 1 ? union(include, forSort) : forSort;
  return { selection, source, filter, read: readByFilter(type, filter, read), include };
}

/** Says whether what has been read is enough for what is shown. */
export const covers = (read: Include, wanted: Include): boolean =>
  (!wanted.groups || read.groups === true) && (!wanted.members || wantsAllMembers(read));

const union = (shown: Include, sorted: Include): Include => ({
  groups: shown.groups === true || sorted.groups === true,
  members: sorted.members === true || (shown.members ?? false),
});

function readBySort({ groupsAttribute, membersAttribute }: ResourceType, sort: Sort | undefined): Include {
  const name = sort?.path && topPath(sort.path).name;
  return { groups: name !== undefined && name === groupsAttribute, members: name !== undefined && name === membersAttribute };
}

/** Adds what the filter itself looks at; where it only asks for certain members, only these are read. */
function readByFilter(type: ResourceType, filter: Filter, include: Include): Include {
  const read = attributesOf(filter);
  const groups = include.groups === true || (type.groupsAttribute !== undefined && read.has(type.groupsAttribute));
  if (include.members === true || type.membersAttribute === undefined || !read.has(type.membersAttribute)) return { ...include, groups };
  return { groups, members: memberIdsIn(filter, type.membersAttribute) ?? true };
}
