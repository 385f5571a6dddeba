import { evaluate } from '../scim/filter/evaluate.ts';
import type { JsonObject } from '../scim/json.ts';
import type { Budget } from './budget.ts';
import type { Directory, RequestContext } from './context.ts';
import type { Include, Loaded } from './ports.ts';
import { present } from './present.ts';
import type { Plan } from './search.ts';
import { isSeen } from './seen.ts';

/** Resources that may match, in the order of ids. */
export type Chunk = {
  readonly candidates: readonly Loaded[];
  /** The id up to which everything has now been seen. */
  readonly seen: string | undefined;
  readonly isLast: boolean;
};

/** How many resources are read at once at most; fewer where each has relations to be read. */
const MOST_AT_ONCE = 1_000;
const RELATED_AT_ONCE = 100;
/** A group can have so many members that a budget must be asked often. */
const WITH_MEMBERS_AT_ONCE = 10;

/** Goes through all resources of a plan that can match and come after the id, so many at once and twice as many each time. */
export async function* look(
  directory: Directory,
  context: RequestContext,
  plan: Plan,
  { after, first = MOST_AT_ONCE }: { readonly after?: string | undefined; readonly first?: number },
): AsyncGenerator<Chunk> {
  const most = mostAtOnce(plan.read);
  let seen = after;
  for (let size = first; ; size *= 2) {
    const chunk = await chunkBehind(directory, context, plan, seen, Math.min(most, size));
    yield chunk;
    if (chunk.isLast) return;
    seen = chunk.seen;
  }
}

/** Asks one resource, as it would be returned in full, whether it matches; looking at it costs. */
export function matches(
  { selection, filter }: Pick<Plan, 'selection' | 'filter'>,
  candidate: Loaded,
  context: RequestContext,
  budget: Budget,
): JsonObject | undefined {
  const resource = present(selection.type, candidate, context);
  budget.spend(JSON.stringify(resource).length);
  if (!isSeen(context, candidate.resource)) return undefined;
  return filter === undefined || evaluate(filter, resource) ? resource : undefined;
}

function mostAtOnce({ groups = false, members = false }: Include): number {
  if (members === true) return WITH_MEMBERS_AT_ONCE;
  return groups || members !== false ? RELATED_AT_ONCE : MOST_AT_ONCE;
}

async function chunkBehind(
  { store }: Directory,
  context: RequestContext,
  { selection: { type }, source, read }: Plan,
  after: string | undefined,
  limit: number,
): Promise<Chunk> {
  if (source.kind === 'nowhere') return { candidates: [], seen: after, isLast: true };
  if (source.kind === 'range') {
    const { loaded, isLast } = await store.slice(
      type.name,
      { ...source.range, ...(after !== undefined && { after }), limit },
      read,
      context,
    );
    return { candidates: loaded, seen: loaded.at(-1)?.resource.id ?? after, isLast };
  }
  if (source.kind === 'members') {
    const { ids, seen, isLast } = await store.memberIds(
      type.name,
      source.groupIds,
      { ...(after !== undefined && { after }), limit },
      context,
    );
    return { candidates: await loadCandidates(store, context, type.name, ids, read), seen, isLast };
  }
  const left = source.ids.filter((id) => after === undefined || id > after);
  const ids = left.slice(0, limit);
  const candidates = await loadCandidates(store, context, type.name, ids, read);
  return { candidates, seen: ids.at(-1) ?? after, isLast: ids.length === left.length };
}

/** One candidate is read by its key; several in one batch. */
async function loadCandidates(
  store: Directory['store'],
  context: RequestContext,
  type: string,
  [id, ...others]: readonly string[],
  include: Include,
): Promise<readonly Loaded[]> {
  if (id === undefined) return [];
  if (others.length > 0) return store.loadMany(type, [id, ...others], include, context);
  const loaded = await store.load(type, id, include, context);
  return loaded === undefined ? [] : [loaded];
}
