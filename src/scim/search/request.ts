import { ScimError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Leniencies } from '../leniency.ts';
import { URN } from '../urn.ts';

/**
 * Accepts a body that calls itself a search request (RFC 7644 §3.4.3).
 *
 * @throws {ScimError} invalidSyntax
 */
export function requireSearchRequest(body: JsonObject, leniencies: Leniencies): void {
  const schemas = Object.entries(body).find(([name]) => name.toLowerCase() === 'schemas')?.[1] ?? [];
  if (Array.isArray(schemas) && schemas.length === 0 && leniencies.has('missingSchemas')) return;
  const isSearchRequest =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === 'string' && urn.toLowerCase() === URN.searchRequest.toLowerCase());
  if (!isSearchRequest) throw new ScimError('invalidSyntax', `schemas must contain "${URN.searchRequest}".`);
}
