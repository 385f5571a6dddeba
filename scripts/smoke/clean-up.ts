import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import * as z from 'zod/mini';
import { AdminRefusal } from '../../src/access/admin-refusal.ts';
import { type ScimClient, scimClient } from '../../test/support/local-client.ts';
import { CannotRun } from '../python/cannot-run.ts';
import type { Administration } from './administration.ts';
import { makeToken, OWN_KEY, untilAccepted } from './applications.ts';

const TYPES = ['User', 'Group'] as const;
type TypeName = (typeof TYPES)[number];
export type Found = { readonly type: TypeName; readonly id: string };

const shownSchema = z.object({ createdBy: z.string() });
const purgedSchema = z.object({ isComplete: z.boolean(), after: z.optional(z.string()) });
const removedSchema = z.object({ removed: z.array(z.object({ id: z.string(), name: z.optional(z.string()), removedBy: z.string() })) });

const PARTS = 60;
const PAUSE_MS = 1_000;
const AT_ONCE = 4;

export type Leftover = {
  readonly administration: Administration;
  readonly tenantUrl: string;
  readonly key: string;
  /** One of its tokens; another one is made where none is known any more. */
  readonly token?: string | undefined;
  /** Ids that answers have named; more is looked for. */
  readonly heard: readonly Found[];
};

export type CleanedUp = {
  readonly resources: number;
  /** The table is too large to be looked through for each: they were removed, and go for good when their retention is over. */
  readonly isLarge: boolean;
};

/** Takes away every user and group that the application created, then the application with its tokens. */
export async function cleanUp(leftover: Leftover): Promise<CleanedUp> {
  const { administration, key, heard } = leftover;
  if (!OWN_KEY.test(key)) throw new TypeError(`${key} is no application of this suite`);
  const scim = scimClient(leftover, await acceptedToken(leftover));
  const found = [...heard, ...(await listed(scim)), ...(await removed(administration, key))];
  const once = [...new Map(found.map((each) => [`${each.type} ${each.id}`, each])).values()];
  const own = await pFilter(once, (each) => isOwn(administration, key, each), { concurrency: AT_ONCE });
  const [first, ...others] = own;
  const isLarge = first !== undefined && !(await purge(administration, first));
  if (isLarge) await remove(administration, first);
  await pMap(others, (each) => (isLarge ? remove(administration, each) : purge(administration, each)), { concurrency: AT_ONCE });
  const left = await listed(scim);
  if (left.length > 0) throw new CannotRun(`${left.length} users and groups are still there.`);
  await administration.ask({ request: { act: 'app.delete', application: key }, expect: z.unknown() });
  return { resources: own.length, isLarge };
}

async function acceptedToken({ administration, tenantUrl, key, token }: Leftover): Promise<string> {
  const known = token ?? (await makeToken(administration, key));
  await untilAccepted({ tenantUrl, tokens: [known], paths: TYPES.map((type) => `/${type}s?count=0`) });
  return known;
}

/** What a tenant, or an application, says that has no resources of a type. */
const NO_SUCH_TYPE = [403, 404];

/** What the application sees is what it created. */
async function listed(scim: ScimClient): Promise<readonly Found[]> {
  const pages = await pMap(TYPES, async (type) => {
    const ids: Found[] = [];
    for (let cursor: unknown = ''; typeof cursor === 'string'; ) {
      const { status, body } = await scim('GET', `/${type}s?attributes=id&count=100&cursor=${cursor}`);
      if (NO_SUCH_TYPE.includes(status)) break;
      if (status !== 200) throw new CannotRun(`its ${type.toLowerCase()}s cannot be listed: GET /${type}s was answered with ${status}.`);
      const page = z.parse(pageSchema, body);
      for (const { id } of page.Resources ?? []) ids.push({ type, id });
      cursor = page.nextCursor;
    }
    return ids;
  });
  return pages.flat();
}

const pageSchema = z.object({ Resources: z.optional(z.array(z.object({ id: z.string() }))), nextCursor: z.optional(z.string()) });

/** Those that were deleted and can be restored: deleted by it, or called as all of the run are. */
async function removed({ ask }: Administration, key: string): Promise<readonly Found[]> {
  const run = key.split('-').slice(0, 2).join('-');
  const lists = await pMap(TYPES, async (type) => {
    const list = await ask({ request: { act: 'resource.removed', type }, expect: removedSchema });
    return list.removed.filter(({ name = '', removedBy }) => removedBy === key || name.includes(run)).map(({ id }) => ({ type, id }));
  });
  return lists.flat();
}

/** Asks who created it before anything is done to it; what nobody knows any more is nobody's. */
const isOwn = ({ ask }: Administration, key: string, { type, id }: Found): Promise<boolean> =>
  ask({ request: { act: 'resource.show', type, resource: id }, expect: shownSchema }).then(
    ({ createdBy }) => createdBy === key,
    unlessRefused,
  );

const remove = ({ ask }: Administration, { type, id }: Found): Promise<boolean> =>
  ask({ request: { act: 'resource.remove', type, resource: id }, expect: z.unknown() }).then(() => true, unlessRefused);

/** A purge looks through the whole table; false when that is more than one invocation gets through. */
async function purge({ ask }: Administration, { type, id }: Found): Promise<boolean> {
  for (let part = 0; part < PARTS; part += 1) {
    const purged = await ask({ request: { act: 'resource.purge', type, resource: id }, expect: purgedSchema });
    if (purged.isComplete || purged.after !== undefined) return purged.isComplete;
    await setTimeout(PAUSE_MS);
  }
  return false;
}

function unlessRefused(error: unknown): false {
  if (error instanceof AdminRefusal) return false;
  throw error;
}

async function pFilter<Item>(items: readonly Item[], keep: (item: Item) => Promise<boolean>, options: { readonly concurrency: number }) {
  const kept = await pMap(items, keep, options);
  return items.filter((_, at) => kept[at]);
}
