import { type Brake, brakedStore } from './brake/braked-store.ts';
import type { Directory, RequestContext } from './context.ts';

/** The directory as a request of this application may use it. */
export function governed(directory: Directory, brake: Brake, context: RequestContext): Directory {
  const limit = context.policy.maxRemovalsPerHour;
  if (limit === null) return directory;
  return { ...directory, store: brakedStore(directory.store, { ...brake, clock: directory.clock, context, limit }) };
}
