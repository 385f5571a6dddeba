import { same } from '../scim/same.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Directory, RequestContext } from './context.ts';
import { formerEntry, possibleKeptEntries, seatLimit } from './deactivation.ts';
import { withExternalId } from './document.ts';
import { indexEntries } from './index-entries.ts';
import { withProfile } from './mapping/profile.ts';
import {
  type Change,
  type DirectoryStore,
  FormerKept,
  type KeptUser,
  type Loaded,
  type RemovedResource,
  StaleRead,
  type StoreCall,
} from './ports.ts';
import type { KeptEntry, StoredResource } from './resource.ts';
import { isSeen } from './seen.ts';

type Returning = Pick<Directory, 'store' | 'mappingOf'>;
type Create = Change & { readonly kind: 'create' };

/**
 * Creates a resource, or brings back the former user who is the same person: of the same name, and called the same by the same
 * application. A name alone is not enough, because names are used again.
 *
 * It comes back under its id and with its memberships, which no client sends again, and otherwise as it is sent now.
 */
export async function createOrReturn(directory: Returning, context: RequestContext, type: ResourceType, create: Create): Promise<Loaded> {
  const { store } = directory;
  const entry = formerEntry(context.policy, type, create.resource, context.principal.application);
  try {
    return await commitNew(store, context, create, entry && { entry });
  } catch (error) {
    if (!(error instanceof FormerKept) || entry === undefined) throw error;
    const kept = await store.findKept(type.name, entry, context);
    if (kept === undefined) throw new StaleRead();
    return bringBack(directory, context, type, { create, entry, kept });
  }
}

async function commitNew(store: DirectoryStore, call: StoreCall, create: Create, former: Create['former']): Promise<Loaded> {
  await store.commit({ ...create, ...(former && { former }) }, call);
  return { resource: create.resource, groups: [] };
}

type Return = { readonly create: Create; readonly entry: KeptEntry; readonly kept: KeptUser };

async function bringBack(
  { store, mappingOf }: Returning,
  context: RequestContext,
  type: ResourceType,
  { create, entry, kept: { id, removed } }: Return,
): Promise<Loaded> {
  if (removed === undefined || !isSeen(context, removed.resource) || !isKeptUnder(type, removed, entry))
    return commitNew(store, context, create, { entry, except: id });
  const { resource: former } = removed;
  const after = await withProfile(mappingOf, type, asSent(former, create.resource, entry), context);
  const change = {
    kind: 'restore',
    before: former,
    after,
    entries: indexEntries(type, after),
    keptAs: possibleKeptEntries(type, former),
    stamp: create.stamp,
    ...seatLimit(context),
  } as const;
  const resource = (await store.commit(change, context)) ?? after;
  const [loaded = { resource }] = await store.relate([resource], { groups: true }, context);
  return loaded;
}

/** It may have been restored, renamed and removed again since, and not to be kept. */
const isKeptUnder = (type: ResourceType, { resource, until }: RemovedResource, entry: KeptEntry): boolean =>
  until === undefined && possibleKeptEntries(type, resource).some((each) => same({ ...each }, { ...entry }));

function asSent(
  { createdAs: _mark, ...former }: StoredResource,
  newcomer: StoredResource,
  { application, externalId }: KeptEntry,
): StoredResource {
  const { attributes, createdAs } = newcomer;
  return {
    ...former,
    attributes,
    externalIds: withExternalId(former.externalIds, application, externalId),
    ...(createdAs !== undefined && { createdAs }),
  };
}
