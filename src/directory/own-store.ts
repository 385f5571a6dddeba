import { ScimError } from '../scim/errors.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import type { RequestContext } from './context.ts';
import { overriding } from './overriding.ts';
import type { Change, DirectoryStore, Loaded } from './ports.ts';
import { isSeen } from './seen.ts';

type Limited = { readonly store: DirectoryStore; readonly registry: Registry; readonly context: RequestContext };

/**
 * The same store, in which there is only what the application has created: nothing else is found by its id, is a resource
 * that a group could take in, or stands among the groups of a user.
 *
 * What is gone through in the order of ids is left to whoever does: each resource that is looked at has its cost, seen or not.
 */
export function ownStore(limited: Limited): DirectoryStore {
  const { store, context } = limited;
  const seen = (all: readonly Loaded[]): readonly Loaded[] => all.filter(({ resource }) => isSeen(context, resource));
  return overriding(store, {
    load: async (type, id, include, call) => {
      const loaded = await store.load(type, id, include, call);
      const [own] = await withSeenGroups(limited, seen(loaded === undefined ? [] : [loaded]));
      return own;
    },
    loadMany: async (type, ids, include, call) => withSeenGroups(limited, seen(await store.loadMany(type, ids, include, call))),
    relate: async (resources, include, call) => withSeenGroups(limited, await store.relate(resources, include, call)),
    slice: async (type, slice, include, call) => {
      const { loaded, isLast } = await store.slice(type, slice, include, call);
      return { loaded: await withSeenGroups(limited, loaded), isLast };
    },
    loadForMemberChange: async (type, id, memberIds, call) => {
      const read = await store.loadForMemberChange(type, id, memberIds, call);
      if (read === undefined || !isSeen(context, read.resource)) return undefined;
      return { ...read, aliveTypes: await seenTypes(limited, read.aliveTypes) };
    },
    aliveTypes: async (ids, call) => seenTypes(limited, await store.aliveTypes(ids, call)),
    commit: (change, call, counted) =>
      store.commit(change, call, counted).catch(async (error: unknown) => {
        throw await explained(limited, change, error);
      }),
  });
}

/** Leaves out, of the groups of these resources, those the application does not see. */
async function withSeenGroups({ store, registry, context }: Limited, all: readonly Loaded[]): Promise<readonly Loaded[]> {
  const ids = [...new Set(all.flatMap(({ groups = [] }) => groups.map(({ value }) => value)))];
  if (ids.length === 0) return all;
  const types = registry.filter(({ membersAttribute }) => membersAttribute !== undefined);
  const read = await Promise.all(types.map(({ name }) => store.loadMany(name, ids, {}, context)));
  const own = ownIds(context, read.flat());
  return all.map((loaded) => ({ ...loaded, ...(loaded.groups && { groups: loaded.groups.filter(({ value }) => own.has(value)) }) }));
}

async function seenTypes({ store, context }: Limited, types: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const idsOf = (type: string): readonly string[] => [...types].flatMap(([id, itsType]) => (itsType === type ? [id] : []));
  const read = await Promise.all([...new Set(types.values())].map((type) => store.loadMany(type, idsOf(type), {}, context)));
  const own = ownIds(context, read.flat());
  return new Map([...types].filter(([id]) => own.has(id)));
}

const ownIds = (context: RequestContext, read: readonly Loaded[]): ReadonlySet<string> =>
  new Set(read.flatMap(({ resource }) => (isSeen(context, resource) ? [resource.id] : [])));

/** Whoever is told that a value is taken looks for the resource that has it, and would find none. */
async function explained({ store, context }: Limited, change: Change, error: unknown): Promise<unknown> {
  if (!(error instanceof ScimError) || error.kind !== 'uniqueness') return error;
  const { type } = change.kind === 'create' ? change.resource : change.before;
  for (const entry of entriesOf(change)) {
    const [id] = await store.findIds(type, 'unique', entry, context);
    const holder = id === undefined ? undefined : await store.load(type, id, {}, context);
    if (holder !== undefined && !isSeen(context, holder.resource)) return heldByAnother(type, entry.attribute, error);
  }
  return error;
}

function entriesOf(change: Change) {
  if (change.kind === 'update') return change.entriesAfter.unique;
  return change.entries.unique;
}

const heldByAnother = (type: string, attribute: string, cause: ScimError): ScimError =>
  new ScimError(
    'uniqueness',
    `A ${type} of another application already has this ${attribute}, and this application sees only what it created: have that ${type} removed there, or set the application's "resources" to "all".`,
    { cause },
  );
