import { describe, expect, it } from '@jest/globals';
import { MAX_BULK_OPERATIONS, parseBulkRequest } from '../../../../src/scim/bulk/request.ts';
import { ALL_LENIENCIES, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { URN } from '../../../../src/scim/urn.ts';

const schemas = [URN.bulkRequest];
const operation = { method: 'DELETE', path: '/Users/1' };
const refusalOf = (kind: string, words: RegExp) => expect.objectContaining({ kind, message: expect.stringMatching(words) });

describe('parseBulkRequest', () => {
  it('matches the names of a message in any case, and leaves those in the data alone', () => {
    const parsed = parseBulkRequest(
      { SCHEMAS: [URN.bulkRequest.toUpperCase()], FailOnErrors: 3, OPERATIONS: [{ Method: 'POST', BULKID: 'x', Data: { userName: 'x' } }] },
      NO_LENIENCIES,
    );

    expect(parsed).toEqual({ failOnErrors: 3, operations: [{ method: 'POST', bulkid: 'x', data: { userName: 'x' } }] });
  });

  it.each([{}, { failOnErrors: null }])('puts up with any number of errors unless it is told otherwise', (more) => {
    expect(parseBulkRequest({ schemas, ...more, Operations: [operation] }, NO_LENIENCIES).failOnErrors).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [{ schemas }, /^Operations must be a list of operations\.$/],
    [{ schemas, Operations: operation }, /^Operations must be a list/],
    [{ schemas, Operations: null }, /^Operations must be a list/],
    [{ schemas, Operations: [] }, /^Operations must not be empty/],
    [{ schemas, Operations: [operation, null] }, /^Operations\[1\] must be an object with method, path and data/],
    [{ schemas, Operations: [[operation]] }, /^Operations\[0\] must be an object/],
    [{ schemas, Operations: [operation], failOnErrors: 0 }, /^failOnErrors must be 1 or more/],
    [{ schemas, Operations: [operation], failOnErrors: -1 }, /^failOnErrors must be 1 or more/],
    [{ schemas, Operations: [operation], failOnErrors: 2.5 }, /^failOnErrors must be a whole number/],
    [{ schemas, Operations: [operation], failOnErrors: '2' }, /^failOnErrors must be a whole number/],
    [{ schemas: 'urn:x', Operations: [operation] }, /^schemas must be a list of URNs/],
    [{ schemas: [1], Operations: [operation] }, /^schemas\[0\] must be a URN/],
    [{ schemas: [URN.patchOp], Operations: [operation] }, /^schemas must contain "urn:.*BulkRequest"/],
  ])('refuses %j', (body, words) => {
    expect(() => parseBulkRequest(body, ALL_LENIENCIES)).toThrow(refusalOf('invalidSyntax', words));
  });

  it.each([{}, { schemas: null }, { schemas: [] }])('takes a body whose schemas are missing only where that is forgiven', (more) => {
    const body = { ...more, Operations: [operation] };

    expect(parseBulkRequest(body, ALL_LENIENCIES).operations).toEqual([operation]);
    expect(() => parseBulkRequest(body, NO_LENIENCIES)).toThrow(refusalOf('invalidSyntax', /schemas must contain/));
  });

  it('takes as many operations as it may have, and says both numbers where there are more', () => {
    const body = (count: number) => ({ schemas, Operations: Array.from({ length: count }, () => operation) });

    expect(parseBulkRequest(body(MAX_BULK_OPERATIONS), NO_LENIENCIES).operations).toHaveLength(MAX_BULK_OPERATIONS);
    expect(() => parseBulkRequest(body(MAX_BULK_OPERATIONS + 1), NO_LENIENCIES)).toThrow(
      refusalOf('tooLarge', /has 201 operations.*maxOperations \(200\)/),
    );
  });
});
