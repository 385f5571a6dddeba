import * as z from 'zod/mini';
import { type ChangeEvent, EVENT_TYPES } from '../../src/directory/feed/change-event.ts';
import type { State } from './state.ts';

export type Place = { readonly tenantUrl: string; readonly token: string };

/** A state with the version of each resource. */
export type Directory = State & { readonly versions: ReadonlyMap<string, number> };

/** All that clients see, page by page. */
export async function readDirectory(place: Place): Promise<Directory> {
  const users = await readAll(place, '/Users', 'userName,title,active');
  const groups = await readAll(place, '/Groups', 'displayName,members');
  return {
    users: new Map(users.map(({ id, active, userName, title }) => [id, { active: active ?? true, userName, title }])),
    groups: new Map(
      groups.map(({ id, displayName, members = [] }) => [id, { displayName, members: members.map(({ value }) => value).sort() }]),
    ),
    versions: new Map([...users, ...groups].map(({ id, meta }) => [id, Number(/\d+/.exec(meta.version)?.[0])])),
  };
}

async function readAll(place: Place, endpoint: string, attributes: string): Promise<readonly Resource[]> {
  const resources: Resource[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = new URLSearchParams({ count: '100', cursor, attributes: `${attributes},meta` });
    const page: z.output<typeof listSchema> = listSchema.parse(await get(place, `${endpoint}?${query}`));
    resources.push(...(page.Resources ?? []));
    cursor = page.nextCursor;
  }
  return resources;
}

/** All of the log behind a time. */
export async function readLog(place: Place, since: Date): Promise<readonly ChangeEvent[]> {
  const events: ChangeEvent[] = [];
  let query: Readonly<Record<string, string>> = { since: since.toISOString() };
  for (;;) {
    const page = await readPage(place, query);
    events.push(...page.events);
    if (page.isUpToDate) return events;
    query = { cursor: page.nextCursor };
  }
}

export const readPage = async (place: Place, query: Readonly<Record<string, string>>): Promise<z.output<typeof pageSchema>> =>
  pageSchema.parse(await get(place, `/events?${new URLSearchParams({ count: '1000', ...query })}`));

async function get({ tenantUrl, token }: Place, path: string): Promise<unknown> {
  const response = await fetch(tenantUrl + path, { headers: { Authorization: `Bearer ${token}` } });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

const text = z.optional(z.string());
const resourceSchema = z.object({
  id: z.string(),
  meta: z.object({ version: z.string() }),
  userName: text,
  displayName: text,
  title: text,
  active: z.optional(z.boolean()),
  members: z.optional(z.array(z.object({ value: z.string() }))),
});
type Resource = z.output<typeof resourceSchema>;
const listSchema = z.object({ Resources: z.optional(z.array(resourceSchema)), nextCursor: text });

const isEvent = (value: unknown): value is ChangeEvent =>
  z.object({ id: z.string(), type: z.enum(EVENT_TYPES), resourceId: z.string(), version: z.number(), part: z.number() }).safeParse(value)
    .success;
const pageSchema = z.object({ events: z.array(z.custom<ChangeEvent>(isEvent)), nextCursor: z.string(), isUpToDate: z.boolean() });
