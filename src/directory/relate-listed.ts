import { lacksMembers, tooManyMembers } from './answer-size.ts';
import type { RequestContext } from './context.ts';
import { covers } from './plan.ts';
import type { DirectoryStore, Include, Loaded } from './ports.ts';
import type { Plan } from './search.ts';

type Relating = { readonly store: Pick<DirectoryStore, 'relate'> };

/** A group with no more members than these is read with all others of a page at once. */
const FEW_MEMBERS = 100;
/** Of those with more, so many are read at once. */
const LARGE_AT_ONCE = 4;
/** About as many as one answer can carry. */
const MAX_PAGE_MEMBERS = 30_000;

/**
 * Reads what only the answer needs, for its page alone: most of what is looked at is not shown.
 *
 * The page ends early where its groups have more members than one answer can carry; it keeps one group at least.
 *
 * @throws {ScimError} tooLarge — the first group alone has more
 */
export async function relateListed(
  directory: Relating,
  context: RequestContext,
  { selection: { type }, read, include }: Pick<Plan, 'selection' | 'read' | 'include'>,
  loaded: readonly Loaded[],
): Promise<readonly Loaded[]> {
  if (loaded.length === 0) return loaded;
  const tooLarge = ({ resource: { id } }: Loaded): never => {
    throw tooManyMembers(type, id);
  };
  if (covers(read, include)) {
    const large = loaded.find((each) => lacksMembers(each, include));
    return large === undefined ? loaded : tooLarge(large);
  }
  const members = include.members ? { atMost: FEW_MEMBERS } : false;
  const related = await relate(directory, context, { ...include, members }, loaded);
  return include.members ? untilFull(related, (large) => relate(directory, context, include, large), tooLarge) : related;
}

const relate = ({ store }: Relating, context: RequestContext, include: Include, loaded: readonly Loaded[]): Promise<readonly Loaded[]> =>
  store.relate(
    loaded.map(({ resource }) => resource),
    include,
    context,
  );

/** What no answer could carry is left for a page of its own, and refused there. */
async function untilFull(related: readonly Loaded[], readLarge: ReadLarge, tooLarge: (group: Loaded) => never): Promise<readonly Loaded[]> {
  const full: Loaded[] = [];
  let members = 0;
  for await (const each of inOrder(related, readLarge)) {
    if (isLarge(each)) return full.length > 0 ? full : tooLarge(each);
    full.push(each);
    members += each.members?.length ?? 0;
    if (members >= MAX_PAGE_MEMBERS) break;
  }
  return full;
}

/** Goes through a page, and reads the large groups as it comes to them. */
async function* inOrder(related: readonly Loaded[], readLarge: ReadLarge): AsyncGenerator<Loaded> {
  let ahead: readonly Loaded[] = [];
  for (const [at, each] of related.entries()) {
    if (isLarge(each) && ahead.length === 0) ahead = await readLarge(related.slice(at).filter(isLarge).slice(0, LARGE_AT_ONCE));
    const [large = each, ...rest] = ahead;
    yield isLarge(each) ? large : each;
    if (isLarge(each)) ahead = rest;
  }
}

type ReadLarge = (large: readonly Loaded[]) => Promise<readonly Loaded[]>;

const isLarge = ({ members }: Loaded): boolean => members === undefined;
