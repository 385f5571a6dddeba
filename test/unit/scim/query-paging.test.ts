import { describe, expect, it } from '@jest/globals';
import { DEFAULT_COUNT, MAX_COUNT, parseListQuery, parseSearchRequest } from '../../../src/scim/query.ts';
import { GROUP, REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';
import { refusal } from './documents.ts';

const query = (parameters: Record<string, string>) => parseListQuery(USER, new Map(Object.entries(parameters)));

describe('a query by cursor', () => {
  it.each([
    [{ cursor: '' }, { cursor: '', count: DEFAULT_COUNT }],
    [
      { CURSOR: 'abc', Count: '7' },
      { cursor: 'abc', count: 7 },
    ],
    [
      { cursor: '', count: '9999' },
      { cursor: '', count: MAX_COUNT },
    ],
    [
      { cursor: '', count: '-1' },
      { cursor: '', count: 0 },
    ],
  ])('%j', (parameters, paging) => {
    expect(query(parameters)).toEqual({ ...paging, startIndex: 1, projection: {} });
  });

  it.each(['x', '1.5', ''])('with a count of %p is refused', (count) => {
    expect(() => query({ cursor: '', count })).toThrow(refusal('invalidCount', 'count: must be a whole number'));
  });

  it('cannot name a startIndex as well', () => {
    expect(() => query({ cursor: '', startIndex: '1' })).toThrow(refusal('invalidValue', 'startIndex', 'cursor'));
    expect(() => query({ cursor: '', startIndex: 'x' })).toThrow(refusal('invalidValue', 'startIndex: must be a whole number'));
  });

  it('asks in a body what it asks in parameters', () => {
    expect(parseSearchRequest(USER, { Cursor: 'abc', COUNT: 3 })).toEqual(query({ cursor: 'abc', count: '3' }));
    expect(parseSearchRequest(USER, { cursor: '', count: 0 })).toMatchObject({ cursor: '', count: 0 });
    expect(() => parseSearchRequest(USER, { cursor: '', count: '3' })).toThrow(refusal('invalidCount', 'count: must be a whole number'));
    expect(() => parseSearchRequest(USER, { cursor: 7 })).toThrow(refusal('invalidValue', 'cursor: must be a string'));
  });
});

describe('the names in a search request', () => {
  it('are matched whatever their case', () => {
    const body = { FILTER: 'title pr', SortBy: 'title', sortorder: 'descending', STARTINDEX: 2, Attributes: ['title'] };

    expect(parseSearchRequest(USER, body)).toEqual(
      query({ filter: 'title pr', sortBy: 'title', sortOrder: 'descending', startIndex: '2', attributes: 'title' }),
    );
  });
});

describe('a query of several types', () => {
  it('reads for each type what the type has', () => {
    const parameters = new Map([
      ['filter', 'userName eq "a"'],
      ['sortBy', 'userName'],
      ['attributes', 'userName,displayName'],
    ]);

    const [ofUser, ofGroup] = [USER, GROUP].map((type) => parseListQuery(type, parameters, REGISTRY));

    expect(ofUser).toMatchObject({ filter: { path: { name: 'userName' } }, sort: { path: { name: 'userName' } } });
    expect(ofGroup).toMatchObject({ filter: { path: { name: `${USER.schema.id}:userName` } }, sort: { isDescending: false } });
    expect([...(ofGroup?.projection.only?.keys() ?? [])]).toEqual(['displayName']);
  });

  it('refuses what no type has', () => {
    for (const [name, kind] of [
      ['filter', 'invalidFilter'],
      ['sortBy', 'invalidValue'],
    ] as const) {
      const parameters = new Map([[name, name === 'filter' ? 'colour pr' : 'colour']]);
      expect(() => parseListQuery(GROUP, parameters, REGISTRY)).toThrow(refusal(kind, 'no attribute is called "colour"'));
    }
  });
});
