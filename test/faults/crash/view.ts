import type { Endpoint } from '../../support/endpoint.ts';
import type { Process } from '../../support/site.ts';
import type { Scene } from './operation.ts';

// biome-ignore lint/suspicious/noExplicitAny: resources of any shape, looked into by name
type Json = any;

/** The directory as every kind of reader sees it, the same for the same state: names stand for ids, times are left out. */
export type View = {
  readonly byIndex: unknown;
  readonly byCursor: unknown;
  readonly byId: unknown;
  readonly byFilter: unknown;
  readonly totals: readonly number[];
};

const ENDPOINTS = ['/Users', '/Groups'] as const;

export async function viewOf({ endpoint }: Process, { filters }: Pick<Scene, 'filters'>): Promise<View> {
  const [lists, walked] = await Promise.all([listed(endpoint), Promise.all(ENDPOINTS.map((path) => walk(endpoint, path)))]);
  const all: readonly Json[] = lists.flatMap(({ Resources }) => Resources);
  const names = new Map<string, string>(all.map((each) => [each.id, nameOf(each)]));
  const shown = (resources: readonly Json[]) => inOrder(resources.map((each) => plain(each, names)));
  return {
    byIndex: shown(all),
    byCursor: walked.flat().map(nameOf),
    byId: shown(await Promise.all(all.filter(isLookedAt).map(({ id, meta }) => read(endpoint, `/${meta.resourceType}s/${id}`)))),
    byFilter: await Promise.all(filters.map(([path, filter]) => found(endpoint, path, filter, names))),
    totals: lists.map(({ totalResults }) => totalResults),
  };
}

/** The same without versions, where a change may be made twice. */
export const withoutVersions = (view: View): unknown =>
  JSON.parse(JSON.stringify(view, (key, value: unknown) => (key === 'version' ? undefined : value)));

/** Whoever is in one group or more, or may come into one, and all groups. */
const isLookedAt = (resource: Json): boolean => resource.userName === undefined || ['ada', 'fay', 'new'].includes(nameOf(resource));

const read = async (endpoint: Endpoint, path: string): Promise<Json> => (await endpoint.send('GET', path)).json;

const listed = (endpoint: Endpoint): Promise<readonly Json[]> =>
  Promise.all(ENDPOINTS.map(async (path) => (await endpoint.send('GET', path, { query: { count: '200' } })).json));

async function walk(endpoint: Endpoint, path: string): Promise<readonly Json[]> {
  const resources: Json[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { json }: { json: Json } = await endpoint.send('GET', path, {
      query: { cursor, count: '4', attributes: 'userName,displayName' },
    });
    resources.push(...json.Resources);
    cursor = json.nextCursor;
  }
  return resources;
}

async function found(endpoint: Endpoint, path: string, filter: string, names: ReadonlyMap<string, string>) {
  const { json } = await endpoint.send('GET', path, { query: { filter } });
  return [filterByName(filter, names), inOrder(json.Resources.map(nameOf))];
}

const filterByName = (filter: string, names: ReadonlyMap<string, string>): string =>
  filter.replace(/"([^"]+)"/, (_, value: string) => `"${names.get(value) ?? (value.includes('-7') ? 'gone' : value)}"`);

const nameOf = ({ userName, displayName }: Json): string => userName ?? displayName;

function plain({ meta, schemas: _schemas, ...attributes }: Json, names: ReadonlyMap<string, string>): unknown {
  const named = (text: string): string => names.get(text) ?? text.replace(/[^/]+$/, (id) => names.get(id) ?? id);
  const inNames: Json = JSON.parse(
    JSON.stringify({ ...attributes, version: meta?.version }, (_key, value: unknown) => (typeof value === 'string' ? named(value) : value)),
  );
  return JSON.parse(JSON.stringify(inNames, (_key, value: unknown) => (Array.isArray(value) ? inOrder(value) : value)));
}

const inOrder = <Value>(values: readonly Value[]): readonly Value[] =>
  [...values].sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
