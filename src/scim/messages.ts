import type { Json, JsonObject } from './json.ts';
import { URN } from './urn.ts';

/** RFC 7644 §3.4.2. */
export const listResponse = (resources: readonly JsonObject[], totalResults: number, startIndex: number): JsonObject => ({
  schemas: [URN.listResponse],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** RFC 9865 §2: only the last page names no next one, and what the total is may be left unsaid. */
export const cursorPage = (
  resources: readonly JsonObject[],
  totalResults: number | undefined,
  nextCursor: string | undefined,
): JsonObject => ({
  schemas: [URN.listResponse],
  ...(totalResults !== undefined && { totalResults }),
  itemsPerPage: resources.length,
  ...(nextCursor !== undefined && { nextCursor }),
  Resources: resources,
});

/** What an error body needs of an error; a `ScimError` has it. */
export type Refused = { readonly status: number; readonly scimType?: string | undefined; readonly message: string };

/**
 * RFC 7644 §3.12.
 *
 * The detail ends with the request id, because it is all that an identity provider shows its administrator. A 401's
 * does not: it says the same to everybody.
 */
export function errorBody({ status, scimType, message }: Refused, requestId?: string): { readonly [name: string]: Json } {
  const detail = requestId === undefined || status === 401 ? message : `${message} (request ${requestId})`;
  return { schemas: [URN.error], status: String(status), ...(scimType !== undefined && { scimType }), detail };
}

export const etagOf = (version: number): string => `W/"${version}"`;

/** Compares `If-Match` or `If-None-Match` with a version, weakly (RFC 9110 §8.8.3.2): a list matches if one of its tags does. */
export function matchesEtag(header: string, version: number): boolean {
  const strong = `"${version}"`;
  return header.split(',').some((entry) => {
    const tag = entry.trim();
    return tag === '*' || tag === strong || tag === `W/${strong}`;
  });
}
