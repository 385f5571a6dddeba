import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { aUser, create } from '../support/store-resources.ts';

type Claims = {
  readonly filter: { readonly supported: boolean; readonly maxResults: number };
  readonly sort: { readonly supported: boolean };
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod: string;
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
    readonly cursorTimeout: number;
  };
};

type Query = Readonly<Record<string, string>>;

let endpoint: Endpoint;
let claims: Claims;
let later = 0;
let size: number;

const list = (query: Query): Promise<Answer> => endpoint.send('GET', '/Users', { query: { excludedAttributes: 'groups', ...query } });

/** One more than the largest page there is. */
beforeAll(async () => {
  endpoint = await openEndpoint({ services: { clock: () => Date.now() + later } });
  claims = (await endpoint.send('GET', '/ServiceProviderConfig')).json;
  size = Math.max(claims.filter.maxResults, claims.pagination.maxPageSize) + 1;
  const users = Array.from({ length: size }, (_, index) => aUser(`user-${String((index * 7) % size).padStart(3, '0')}`));
  for (let at = 0; at < size; at += 20) await Promise.all(users.slice(at, at + 20).map((user) => create(endpoint.table.store, user)));
});

describe('what ServiceProviderConfig claims of lists', () => {
  it('filter: as many results as it says, and no more', async () => {
    const { supported, maxResults } = claims.filter;

    const [most, past] = await Promise.all(
      [maxResults, maxResults + 1].map((count) => list({ filter: 'active eq true', count: String(count) })),
    );

    expect(supported).toBe(true);
    for (const answer of [most, past]) expect(answer?.json).toMatchObject({ totalResults: size, itemsPerPage: maxResults });
  });

  it('pagination.index: pages of the size it says, by default, at most, and no larger', async () => {
    const { index, defaultPageSize, maxPageSize } = claims.pagination;

    const sizes = await Promise.all(
      [{}, { count: String(maxPageSize) }, { count: String(maxPageSize + 1) }, { startIndex: String(size), count: '5' }].map(
        async (query) => (await list(query)).json.itemsPerPage,
      ),
    );

    expect(index).toBe(true);
    expect(sizes).toEqual([defaultPageSize, maxPageSize, maxPageSize, 1]);
  });

  it('pagination.cursor: the same by cursor', async () => {
    const { cursor, defaultPageSize, maxPageSize } = claims.pagination;

    const first = await list({ cursor: '', count: String(maxPageSize + 1) });
    const last = await list({ cursor: first.json.nextCursor, count: String(maxPageSize) });
    const usual = await list({ cursor: '' });

    expect(cursor).toBe(true);
    expect([usual, first, last].map(({ json }) => json.itemsPerPage)).toEqual([defaultPageSize, maxPageSize, 1]);
    expect(last.json).not.toHaveProperty('nextCursor');
  });

  it('pagination.defaultPaginationMethod: whoever names none gets that one', async () => {
    const { json } = await list({});

    expect(claims.pagination.defaultPaginationMethod).toBe('index');
    expect(json).toMatchObject({ startIndex: 1, totalResults: size });
    expect(json).not.toHaveProperty('nextCursor');
  });

  it('pagination.cursorTimeout: a cursor is good for so many seconds, and not for one more', async () => {
    const cursor: string = (await list({ cursor: '' })).json.nextCursor;

    later = (claims.pagination.cursorTimeout - 1) * 1_000;
    const inTime = await list({ cursor });
    later = (claims.pagination.cursorTimeout + 1) * 1_000;
    const late = await list({ cursor });
    later = 0;

    expect(inTime.status).toBe(200);
    expect([late.status, late.json.scimType]).toEqual([400, 'expiredCursor']);
  });

  it('sort: a list of all there is, sorted before it is cut', async () => {
    const { json } = await list({ sortBy: 'userName', sortOrder: 'descending', count: '2' });

    expect(claims.sort.supported).toBe(true);
    expect(json.totalResults).toBe(size);
    expect(json.Resources.map(({ userName }: Query) => userName)).toEqual([`user-${size - 1}`, `user-${size - 2}`]);
  });
});
