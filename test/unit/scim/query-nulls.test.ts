import { describe, expect, it } from '@jest/globals';
import { parseSearchRequest } from '../../../src/scim/query.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';

const NAMES = ['filter', 'sortBy', 'sortOrder', 'cursor', 'startIndex', 'count', 'attributes', 'excludedAttributes'];

describe('a search request', () => {
  it.each(NAMES)('may say null for %s, as if it were left out', (name) => {
    expect(parseSearchRequest(USER, { [name]: null })).toEqual(parseSearchRequest(USER, {}));
  });

  it('may say null for all but what it asks', () => {
    const asked = { filter: 'title pr', count: 3 };

    const query = parseSearchRequest(USER, { ...Object.fromEntries(NAMES.map((name) => [name, null])), ...asked });

    expect(query).toEqual(parseSearchRequest(USER, asked));
  });
});
