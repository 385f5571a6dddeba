import { describe, expect, it } from '@jest/globals';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { requireSearchRequest } from '../../../../src/scim/search/request.ts';
import { URN } from '../../../../src/scim/urn.ts';
import { refusal } from '../documents.ts';

describe('a search request', () => {
  it.each([
    [{ schemas: [URN.searchRequest] }],
    [{ SCHEMAS: [URN.searchRequest.toUpperCase()] }],
    [{ schemas: ['urn:x', URN.searchRequest] }],
  ])('calls itself so: %j', (body) => {
    expect(() => requireSearchRequest(body, NO_LENIENCIES)).not.toThrow();
  });

  it.each([[{ schemas: [URN.patchOp] }], [{ schemas: URN.searchRequest }], [{ schemas: [7] }]])('does not call itself so: %j', (body) => {
    expect(() => requireSearchRequest(body, ALL_LENIENCIES)).toThrow(refusal('invalidSyntax', 'schemas must contain', 'SearchRequest'));
  });

  it.each([[{}], [{ schemas: [] }], [{ schemas: null }]])('need not where missing schemas are forgiven: %j', (body) => {
    expect(() => requireSearchRequest(body, new Set(['missingSchemas']))).not.toThrow();
    expect(() => requireSearchRequest(body, NO_LENIENCIES)).toThrow(refusal('invalidSyntax'));
  });
});
