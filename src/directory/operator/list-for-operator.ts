import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { parseListQuery } from '../../scim/query.ts';
import { knownWords } from '../../scim/schema/custom/known-words.ts';
import { findBarePath, findExtension, findPath, pathNames } from '../../scim/schema/lookup.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { pageBudget } from '../budget.ts';
import type { RequestContext } from '../context.ts';
import { listByCursor } from '../list-by-cursor.ts';
import type { StoreCall } from '../ports.ts';
import { typeNamed } from '../removed/find-removed.ts';
import { USER } from '../resource.ts';
import type { Selection } from '../search.ts';
import { type DirectoryAdministration, type OpenedDirectory, operatorContext } from './administration.ts';
import type { ListedResource, ListedResources } from './answers.ts';
import { containing, exactly } from './find-text.ts';
import { addKept, keptRow, placeAmongKept } from './list-kept.ts';
import { type ListedRows, openRows, rowOf } from './listed-rows.ts';

type Asked = RequestOf<'resource.list'>;

/**
 * Lists a page of resources; users that are kept and hidden come behind all that are there. A text is looked for by the keys
 * it may be first, and only where it is none of them in all resources.
 *
 * @throws {AdminRefusal} for a column that no schema knows
 */
export async function listForOperator(
  administration: DirectoryAdministration,
  request: Asked,
  call: StoreCall,
): Promise<Administered<ListedResources>> {
  const opened = await administration.open(call);
  const at = new Date(administration.now());
  const type = typeNamed(opened.registry, request.type);
  refuseUnknownColumns(type, request.columns);
  const contextOf = (application: string) => operatorContext(call, at, application);
  const context = contextOf(request.application);
  const isFirst = request.find !== undefined && request.cursor === '';
  const applications = isFirst ? await administration.applications.list(call) : [];
  const everyone = [...new Set([request.application, ...applications.map(({ key }) => key)])].map(contextOf);
  const found = isFirst ? await findExactly(opened, everyone, type, request) : undefined;
  const result = found ?? (await listPage(opened, context, type, request, request.find && containing(type, request.find)));
  return { result, event: eventOf(request, at, { resourceType: type.name, counts: { resources: result.resources.length } }) };
}

function refuseUnknownColumns(type: ResourceType, columns: readonly string[]): void {
  const unknown = columns.find((name) => (findBarePath(type, name) ?? findPath(type, name) ?? findExtension(type, name)) === undefined);
  if (unknown === undefined) return;
  throw new AdminRefusal(`No attribute of ${type.name} is called ${JSON.stringify(unknown)}${knownWords(unknown, pathNames(type))}`);
}

/** Undefined where the text is none of the keys; an `externalId` may be that of any application. */
async function findExactly(
  opened: OpenedDirectory,
  everyone: readonly RequestContext[],
  type: ResourceType,
  request: Asked,
): Promise<ListedResources | undefined> {
  const text = request.find ?? '';
  const asked = exactly(type, text).flatMap(({ filter, isScoped }) =>
    (isScoped ? everyone : everyone.slice(0, 1)).map((context) => ({ filter, context })),
  );
  const pages = await Promise.all(
    asked.map(async ({ filter, context }) => {
      const page = openRows(request.limit);
      await addPresent(opened, context, selectionOf(type, request, filter), page);
      return page.rows;
    }),
  );
  const resources = new Map(pages.flat().map((each) => [each.id, each]));
  const rows = resources.size > 0 ? [...resources.values()] : await keptOfId(opened, everyone, selectionOf(type, request), text);
  return rows.length === 0 ? undefined : { type: type.name, resources: rows, total: rows.length };
}

async function keptOfId(
  { directory }: OpenedDirectory,
  [context]: readonly RequestContext[],
  selection: Selection,
  text: string,
): Promise<readonly ListedResource[]> {
  if (context === undefined || selection.type.name !== USER) return [];
  const removed = await directory.store.loadRemoved(USER, text.toLowerCase(), context);
  const row = removed && keptRow(context, selection, removed, pageBudget(directory, context));
  return row === undefined ? [] : [row];
}

/** Those that are there, and behind them the users that are kept and hidden. */
async function listPage(
  opened: OpenedDirectory,
  context: RequestContext,
  type: ResourceType,
  request: Asked,
  find: string | undefined,
): Promise<ListedResources> {
  const place = placeAmongKept(request.cursor);
  const selection = selectionOf(type, place === undefined ? request : { ...request, cursor: '' }, find);
  const page = openRows(request.limit);
  const present = place === undefined ? await addPresent(opened, context, selection, page) : {};
  const cursor = present.cursor ?? (await addKept(opened.directory, context, selection, page, place ?? ''));
  return {
    type: type.name,
    resources: page.rows,
    ...(present.total !== undefined && { total: present.total }),
    ...(cursor !== undefined && { cursor }),
  };
}

async function addPresent(
  { directory }: OpenedDirectory,
  context: RequestContext,
  selection: Selection,
  page: ListedRows,
): Promise<{ readonly total?: number | undefined; readonly cursor?: string | undefined }> {
  const { items, total, cursorBehind } = await listByCursor(directory, context, { paging: selection.query, selections: [selection] });
  const shown = items.findIndex((item) => !page.add(rowOf(item, context)));
  return { total, cursor: cursorBehind(shown < 0 ? items.length : shown) };
}

const selectionOf = (type: ResourceType, request: Asked, find?: string) => ({
  type,
  query: parseListQuery(type, parametersOf(type, request, find)),
});

/** Members are left out, whatever is asked for: a group has any number of them. */
function parametersOf(
  type: ResourceType,
  { filter, columns, limit, cursor }: Asked,
  find: string | undefined,
): ReadonlyMap<string, string> {
  const filters = [filter, find].filter((each) => each !== undefined);
  const isUnwanted = (name: string | undefined): name is string =>
    name !== undefined && !columns.some((column) => column.toLowerCase().split('.')[0] === name.toLowerCase());
  const excluded = [type.membersAttribute, ...[type.groupsAttribute].filter(isUnwanted)].filter((name) => name !== undefined);
  return new Map([
    ['cursor', cursor],
    ['count', String(limit)],
    ['attributes', columns.join()],
    ['excludedAttributes', excluded.join()],
    ...(filters.length > 0 ? [['filter', both(filters)] as const] : []),
  ]);
}

const both = (filters: readonly string[]): string =>
  filters.length === 1 ? filters.join() : filters.map((filter) => `(${filter})`).join(' and ');
