import { answerBytes } from '../../src/directory/answer-size.ts';
import type { Directory, RequestContext } from '../../src/directory/context.ts';
import { listResources } from '../../src/directory/list-resources.ts';
import { present } from '../../src/directory/present.ts';
import type { Listed, Page } from '../../src/directory/search.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { cursorPage, listResponse } from '../../src/scim/messages.ts';
import { project } from '../../src/scim/projection.ts';
import type { ListQuery } from '../../src/scim/query.ts';
import type { Registry, ResourceType } from '../../src/scim/schema/resource-type.ts';
import type { ScimAnswer } from './exchange.ts';

/** Lambda's answers end at 6 MB; a page ends before, and the client goes on from `itemsPerPage` (RFC 7644 §3.4.2.4) or `nextCursor`. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Which types are asked for, and which of them the application is served; to it, there are no resources of the others. */
export type Span = { readonly types: Registry; readonly served: Registry };

/** Answers a query whose meaning for each type `parse` tells. */
export async function list(
  directory: Directory,
  context: RequestContext,
  { types, served }: Span,
  parse: (type: ResourceType) => ListQuery,
): Promise<ScimAnswer> {
  const asked = types.map((type) => ({ type, query: parse(type) }));
  const paging = asked[0]?.query;
  if (paging === undefined) throw new TypeError('there is no resource type to be listed');
  const selections = asked.filter(({ type }) => served.includes(type));
  return listAnswer(await listResources(directory, context, { paging, selections }), context);
}

/** Renders a page, as many of its resources as one answer may carry. */
export function listAnswer(page: Page, context: RequestContext): ScimAnswer {
  const resources = rendered(page.items, context);
  const body =
    'startIndex' in page
      ? listResponse(resources, page.total, page.startIndex)
      : cursorPage(resources, page.total, page.cursorBehind(resources.length));
  return { status: 200, body };
}

function rendered(items: readonly Listed[], context: RequestContext): readonly JsonObject[] {
  const resources: JsonObject[] = [];
  let bytes = 0;
  for (const { selection, loaded } of items) {
    const resource = project(selection.type, present(selection.type, loaded, context), selection.query.projection);
    bytes += answerBytes(JSON.stringify(resource));
    if (bytes > MAX_PAGE_BYTES && resources.length > 0) break;
    resources.push(resource);
  }
  return resources;
}
