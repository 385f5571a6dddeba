import type { Directory, RequestContext } from './context.ts';
import { covers } from './plan.ts';
import type { Loaded } from './ports.ts';
import type { Plan } from './search.ts';

/** Most of what is looked at is not shown: what only the answer needs is read for its page alone. */
export async function relateListed(
  { store }: Directory,
  context: RequestContext,
  { read, include }: Plan,
  loaded: readonly Loaded[],
): Promise<readonly Loaded[]> {
  if (loaded.length === 0 || covers(read, include)) return loaded;
  return store.relate(
    loaded.map(({ resource }) => resource),
    include,
    context,
  );
}
