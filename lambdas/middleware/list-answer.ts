import type { Loaded } from '../../src/directory/ports.ts';
import type { Page } from '../../src/directory/search.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { listResponse } from '../../src/scim/messages.ts';
import type { ScimAnswer } from './exchange.ts';
import { answerBytes } from './respond.ts';

/** Lambda's answers end at 6 MB; a page ends before, and the client goes on from `itemsPerPage` (RFC 7644 §3.4.2.4). */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Renders a page, as many of its resources as one answer may carry. */
export function listAnswer({ total, startIndex, loaded }: Page, render: (loaded: Loaded) => JsonObject): ScimAnswer {
  const resources: JsonObject[] = [];
  let bytes = 0;
  for (const each of loaded) {
    const resource = render(each);
    bytes += answerBytes(JSON.stringify(resource));
    if (bytes > MAX_PAGE_BYTES && resources.length > 0) break;
    resources.push(resource);
  }
  return { status: 200, body: listResponse(resources, total, startIndex) };
}
