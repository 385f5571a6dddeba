import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { project } from '../../scim/projection.ts';
import { parseListQuery } from '../../scim/query.ts';
import { knownWords } from '../../scim/schema/custom/known-words.ts';
import { findBarePath, findExtension, findPath, pathNames } from '../../scim/schema/lookup.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { answerBytes } from '../answer-size.ts';
import type { RequestContext } from '../context.ts';
import { listByCursor } from '../list-by-cursor.ts';
import type { StoreCall } from '../ports.ts';
import { present } from '../present.ts';
import { typeNamed } from '../removed/find-removed.ts';
import type { CursorPage, Listed } from '../search.ts';
import { type DirectoryAdministration, type OpenedDirectory, operatorContext } from './administration.ts';
import type { ListedResource, ListedResources } from './answers.ts';
import { containing, exactly } from './find-text.ts';
import { identify, isDisabled, profileOf } from './summarise.ts';

/** Lambda's answer may have 6 MB. */
const PAGE_BYTES = 3_500_000;

type Asked = RequestOf<'resource.list'>;

/**
 * Lists a page of resources. A text is looked for by the keys it may be first, and only where it is none of them in all
 * resources.
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
  const asked = exactly(type, request.find ?? '').flatMap(({ filter, isScoped }) =>
    (isScoped ? everyone : everyone.slice(0, 1)).map((context) => ({ filter, context })),
  );
  const pages = await Promise.all(asked.map(({ filter, context }) => listPage(opened, context, type, request, filter)));
  const resources = new Map(pages.flatMap((page) => page.resources).map((each) => [each.id, each]));
  return resources.size === 0 ? undefined : { type: type.name, resources: [...resources.values()], total: resources.size };
}

async function listPage(
  { directory }: OpenedDirectory,
  context: RequestContext,
  type: ResourceType,
  request: Asked,
  find: string | undefined,
): Promise<ListedResources> {
  const query = parseListQuery(type, parametersOf(type, request, find));
  const page = await listByCursor(directory, context, { paging: query, selections: [{ type, query }] });
  const resources = rowsOf(page, context);
  const cursor = page.cursorBehind(resources.length);
  return {
    type: type.name,
    resources,
    ...(page.total !== undefined && { total: page.total }),
    ...(cursor !== undefined && { cursor }),
  };
}

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

function rowsOf({ items }: CursorPage, context: RequestContext): readonly ListedResource[] {
  const rows: ListedResource[] = [];
  let bytes = 0;
  for (const item of items) {
    const row = rowOf(item, context);
    bytes += answerBytes(JSON.stringify(row));
    if (bytes > PAGE_BYTES && rows.length > 0) break;
    rows.push(row);
  }
  return rows;
}

function rowOf({ selection: { type, query }, loaded }: Listed, context: RequestContext): ListedResource {
  const { createdBy, created, lastModified } = loaded.resource;
  return {
    ...identify(type, loaded.resource),
    isDisabled: isDisabled(loaded.resource),
    createdBy,
    created,
    lastModified,
    ...profileOf(loaded.resource),
    resource: project(type, present(type, loaded, context), query.projection),
  };
}
