import { describe, expect, it } from '@jest/globals';
import { cursorsOf } from '../../../src/directory/cursor.ts';
import type { Listing } from '../../../src/directory/search.ts';
import { CURSOR_TIMEOUT_SECONDS, parseListQuery } from '../../../src/scim/query.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aContext } from '../../support/request-context.ts';

const ID = '0197f000-0000-7000-8000-000000000001';
const NOW = new Date('2026-01-02T03:04:05.678Z');

const listing = (parameters: Record<string, string> = {}, types = [USER]): Listing => {
  const selections = types.map((type) => ({ type, query: parseListQuery(type, new Map(Object.entries(parameters)), types) }));
  return { paging: { startIndex: 1, count: 10 }, selections };
};

const at = (seconds: number, application = 'default') =>
  aContext({ now: new Date(NOW.getTime() + seconds * 1_000), principal: { application, credential: 'c', scope: 'full' } });

const given = cursorsOf(listing(), at(0)).at({ type: 0, after: ID });

const asCursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const parts: Record<string, unknown> = JSON.parse(Buffer.from(given, 'base64url').toString('utf8'));

describe('a cursor', () => {
  it('is given back by whoever asks the same, as it was', () => {
    const { open } = cursorsOf(listing(), at(1));

    expect(open(given)).toMatchObject({ position: { type: 0, after: ID }, issuedMs: NOW.getTime() });
    expect(open('')).toBeUndefined();
  });

  it('holds a place in another order, too', () => {
    const sorted = listing({ sortBy: 'title' });
    const cursor = cursorsOf(sorted, at(0)).at({ offset: 7, behind: [ID] });

    expect(cursorsOf(sorted, at(1)).open(cursor)?.position).toEqual({ offset: 7, behind: [ID] });
  });

  it('is made of unreserved characters and short enough for any URL', () => {
    const longest = cursorsOf(listing(), at(0)).at({ offset: 2 ** 52, behind: [ID, ID, ID] });

    for (const cursor of [given, longest]) expect(cursor).toMatch(/^[\w-]{1,400}$/);
  });

  it('holds nothing of what was asked', () => {
    const cursor = cursorsOf(listing({ filter: 'userName eq "canary"', sortBy: 'title' }), at(0)).at({ offset: 1, behind: [] });

    expect(Buffer.from(cursor, 'base64url').toString('utf8')).not.toMatch(/canary|userName|title/);
  });

  it('does not depend on the size of a page, on what is shown, or on how the filter is written', () => {
    const cursor = cursorsOf(listing({ filter: 'title eq "x"' }), at(0)).at({ type: 0 });
    const same = listing({ filter: ' TITLE  EQ "x"', count: '3', attributes: 'userName' });

    expect(cursorsOf(same, at(0)).open(cursor)).toBeDefined();
  });

  it.each([
    ['another filter', listing({ filter: 'title pr' }), 'default'],
    ['another order', listing({ sortBy: 'title' }), 'default'],
    ['another type', listing({}, [GROUP]), 'default'],
    ['more types', listing({}, [USER, GROUP]), 'default'],
    ['another application', listing(), 'other'],
  ])('is none for %s', (_, other, application) => {
    expect(() => cursorsOf(other, at(0, application)).open(given)).toThrow(expect.objectContaining({ kind: 'invalidCursor' }));
  });

  it('tells ascending and descending order apart', () => {
    const cursor = cursorsOf(listing({ sortBy: 'title' }), at(0)).at({ offset: 1, behind: [] });

    expect(() => cursorsOf(listing({ sortBy: 'title', sortOrder: 'descending' }), at(0)).open(cursor)).toThrow(
      expect.objectContaining({ kind: 'invalidCursor' }),
    );
  });

  it('is good for an hour', () => {
    expect(cursorsOf(listing(), at(CURSOR_TIMEOUT_SECONDS)).open(given)).toBeDefined();
    expect(() => cursorsOf(listing(), at(CURSOR_TIMEOUT_SECONDS + 1)).open(given)).toThrow(
      expect.objectContaining({ kind: 'expiredCursor', message: expect.stringContaining('3600') }),
    );
  });

  it('cannot be of later than now, but for what clocks differ by', () => {
    expect(cursorsOf(listing(), at(-60)).open(given)).toBeDefined();
    expect(() => cursorsOf(listing(), at(-3_600)).open(given)).toThrow(expect.objectContaining({ kind: 'invalidCursor' }));
  });

  it.each([
    'x',
    'null',
    '%00',
    'Zm9v',
    given.slice(1),
    `${given}=`,
    'a'.repeat(10_000),
    asCursor({ ...parts, v: 2 }),
    asCursor({ ...parts, position: { type: -1 } }),
    asCursor({ ...parts, position: { type: 0, after: "'; DROP" } }),
    asCursor({ ...parts, position: { type: 0, offset: 1 } }),
    asCursor({ ...parts, position: { offset: 1.5, behind: [] } }),
    asCursor({ ...parts, more: 1 }),
    asCursor([parts]),
  ])('is none of ours if it is rubbish, and is not repeated: %s', (text) => {
    const { open } = cursorsOf(listing(), at(0));

    expect(() => open(text)).toThrow(
      expect.objectContaining({ kind: 'invalidCursor', message: expect.not.stringContaining(text.length > 3 ? text : '"x"') }),
    );
  });
});
