import { describe, expect, it } from '@jest/globals';
import { ScimError } from '../../../src/scim/errors.ts';
import { errorBody, etagOf, listResponse, matchesEtag } from '../../../src/scim/messages.ts';

describe('an error body', () => {
  it('carries the status as a string, the scimType, and the request id at the end of its detail', () => {
    expect(errorBody(new ScimError('uniqueness', 'userName is taken.'), 'r-1')).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: 'userName is taken. (request r-1)',
    });
  });

  it('speaks of no request where there is none', () => {
    expect(errorBody(new ScimError('notFound', 'There is none.'))).toMatchObject({ detail: 'There is none.' });
  });

  it('has no scimType where RFC 7644 has none', () => {
    expect(errorBody(new ScimError('notFound'))).not.toHaveProperty('scimType');
  });

  it('says the same to everybody when the credential is refused', () => {
    expect(errorBody(new ScimError('unauthorized'), 'r-1')).toEqual(errorBody(new ScimError('unauthorized'), 'r-2'));
  });
});

describe('a list response', () => {
  it('counts what it carries, and all there is', () => {
    expect(listResponse([{ id: '1' }], 7, 3)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      startIndex: 3,
      itemsPerPage: 1,
      Resources: [{ id: '1' }],
    });
  });
});

describe('an entity tag', () => {
  it.each(['W/"12"', '"12"', '*', '"11", W/"12"', 'W/"11" ,"12"', etagOf(12)])('of version 12 matches %s', (header) => {
    expect(matchesEtag(header, 12)).toBe(true);
  });

  it.each(['W/"1"', '"112"', '12', '', 'w/"12"', '"1,12"', '"*"'])('of version 12 does not match %p', (header) => {
    expect(matchesEtag(header, 12)).toBe(false);
  });
});
