import { describe, expect, it } from '@jest/globals';
import { DEFAULT_COUNT, MAX_COUNT, parseListQuery, parseSearchRequest } from '../../../src/scim/query.ts';
import { USER } from '../../../src/scim/schema/resource-types.ts';
import { refusal } from './documents.ts';

const query = (parameters: Record<string, string>) => parseListQuery(USER, new Map(Object.entries(parameters)));

describe('the query of a list', () => {
  it('begins at 1 with the usual number of resources, unfiltered', () => {
    expect(query({})).toEqual({ startIndex: 1, count: DEFAULT_COUNT, projection: {} });
  });

  it.each([
    [{ startIndex: '0' }, 1],
    [{ startIndex: '-3' }, 1],
    [{ startIndex: '6' }, 6],
    [{ startindex: '7' }, 7],
    [{ startIndex: ' 8 ' }, 8],
  ])('reads %p as startIndex %d', (parameters, startIndex) => {
    expect(query(parameters).startIndex).toBe(startIndex);
  });

  it.each([
    ['0', 0],
    ['-1', 0],
    ['5', 5],
    ['9999', MAX_COUNT],
  ])('reads count=%s as %d', (count, expected) => {
    expect(query({ count }).count).toBe(expected);
  });

  it.each(['x', '1.5', '', '1e3', '0x10', '99999999999999999'])('refuses %p as a number', (text) => {
    expect(() => query({ count: text })).toThrow(refusal('invalidValue', 'count: must be a whole number'));
    expect(() => query({ startindex: text })).toThrow(refusal('invalidValue', 'startIndex: must be a whole number'));
  });

  it('parses the filter', () => {
    expect(query({ FILTER: 'userName eq "a"' }).filter).toMatchObject({ kind: 'compare', op: 'eq', value: 'a' });
  });

  it.each(['', 'userName eq'])('refuses the filter %p rather than ignoring it', (filter) => {
    expect(() => query({ filter })).toThrow(refusal('invalidFilter'));
  });

  it('passes over parameters it does not know', () => {
    expect(query({ aadOptscim062020: '', page: '2' })).toEqual(query({}));
  });
});

describe('a search request', () => {
  it('asks in a body what a query asks in parameters', () => {
    const body = {
      filter: 'userName eq "a"',
      startIndex: 2,
      count: 3,
      attributes: ['userName', 'emails.value'],
      excludedAttributes: ['meta'],
    };
    const parameters = { ...body, startIndex: '2', count: '3', attributes: 'userName,emails.value', excludedAttributes: 'meta' };

    expect(parseSearchRequest(USER, body)).toEqual(query(parameters));
  });

  it.each([
    [{ startIndex: '1' }, 'startIndex: must be a whole number'],
    [{ count: 1.5 }, 'count: must be a whole number'],
    [{ filter: 7 }, 'filter: must be a string'],
    [{ attributes: 'userName' }, 'attributes: must be a list'],
    [{ attributes: [1] }, 'attributes.0: must be a string'],
  ])('refuses %p', (body, words) => {
    expect(() => parseSearchRequest(USER, body)).toThrow(refusal('invalidValue', words));
  });
});
