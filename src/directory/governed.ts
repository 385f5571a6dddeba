import type { Registry } from '../scim/schema/resource-type.ts';
import { type Brake, brakedStore } from './brake/braked-store.ts';
import type { Directory, RequestContext } from './context.ts';
import { ownStore } from './own-store.ts';
import type { DirectoryStore } from './ports.ts';
import { seesAll } from './seen.ts';

export type Governing = { readonly registry: Registry; readonly brake: Brake; readonly context: RequestContext };

/** The directory as a request of this application may use it: what it does not see is not there, and the brake is on. */
export function governed(directory: Directory, governing: Governing): Directory {
  const store = braked(directory, limited(directory.store, governing), governing);
  return store === directory.store ? directory : { ...directory, store };
}

const limited = (store: DirectoryStore, { registry, context }: Governing): DirectoryStore =>
  seesAll(context) ? store : ownStore({ store, registry, context });

function braked({ clock }: Directory, store: DirectoryStore, { brake, context }: Governing): DirectoryStore {
  const limit = context.policy.maxRemovalsPerHour;
  return limit === null ? store : brakedStore(store, { ...brake, clock, context, limit });
}
