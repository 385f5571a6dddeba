import type { Filter } from '../scim/filter/ast.ts';
import { type Equality, equalities } from '../scim/filter/equalities.ts';
import { fold } from '../scim/fold.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Directory, RequestContext } from './context.ts';
import { indexOf } from './index-entries.ts';
import type { Source } from './search.ts';

/**
 * Finds where every match must be, by ids or by groups, through the most selective equality the filter insists on; undefined
 * where no key leads there.
 */
export async function keyedSource(directory: Directory, context: RequestContext, type: ResourceType, filter: Filter): Promise<Keyed> {
  const ids = await candidateIds(directory, context, type, filter);
  if (ids !== undefined) return { kind: 'ids', ids: [...ids].sort() };
  const group = equalities(filter).find(({ path }) => isValueOf(type.groupsAttribute, path));
  if (typeof group?.value !== 'string') return undefined;
  const groupIds = await directory.store.groupsWithin(fold(group.value), context);
  return groupIds && { kind: 'members', groupIds };
}

type Keyed = Extract<Source, { readonly kind: 'ids' | 'members' }> | undefined;

async function candidateIds(
  { store }: Directory,
  context: RequestContext,
  type: ResourceType,
  filter: Filter,
): Promise<readonly string[] | undefined> {
  const terms = equalities(filter);
  const byId = terms.find(({ path }) => path === 'id');
  if (byId !== undefined) return typeof byId.value === 'string' ? [byId.value] : [];
  const keyed = keyedTerm(type, terms, context.principal.application);
  if (keyed !== undefined) return store.findIds(type.name, keyed.index, keyed.entry, context);
  const member = terms.find(({ path }) => isValueOf(type.membersAttribute, path));
  return typeof member?.value === 'string' ? store.groupIdsOf(fold(member.value), context) : undefined;
}

/** A unique value leads to one resource at most, so it goes before a look-up value. */
function keyedTerm(type: ResourceType, terms: readonly Equality[], application: string): ReturnType<typeof indexOf> {
  const keyed = terms.flatMap(({ path, value, beside }) =>
    typeof value === 'string' ? [indexOf(type, path, value, application, beside)] : [],
  );
  return keyed.find((term) => term?.index === 'unique') ?? keyed.find((term) => term !== undefined);
}

const isValueOf = (attribute: string | undefined, path: string): boolean =>
  attribute !== undefined && (path === attribute || path === `${attribute}.value`);
