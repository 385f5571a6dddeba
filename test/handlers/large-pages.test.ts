import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** About 240 KB each, so that the store ends a page of them at 4 MB though the answer would have room. */
const USERS = 20;
const GROUPS = 2;
const TEXT = 'x'.repeat(2_000);
const addresses = Array.from({ length: 60 }, (_, index) => ({ type: `type-${index}`, formatted: TEXT, streetAddress: TEXT }));

let endpoint: Endpoint;
let names: readonly string[];

beforeAll(async () => {
  endpoint = await openEndpoint();
  const paths: (readonly [string, object])[] = [
    ...Array.from({ length: USERS }, (_, index) => ['/Users', { schemas: [USER], userName: `user-${index}`, addresses }] as const),
    ...Array.from({ length: GROUPS }, (_, index) => ['/Groups', { schemas: [GROUP], displayName: `group-${index}` }] as const),
  ];
  for (const [path, body] of paths) expect((await endpoint.send('POST', path, { body })).status).toBe(201);
  names = paths.map(([, body]) => Object.values(body)[1]);
});

describe('pages over all types that end early for their size', () => {
  it.each([{}, { filter: 'id pr' }])('leave nothing out and show nothing twice: %j', async (query) => {
    const seen: string[] = [];
    for (let pages = 0; seen.length < names.length && pages < 5; pages += 1) {
      const { json } = await endpoint.send('GET', '', {
        query: { ...query, attributes: 'userName,displayName', startIndex: String(seen.length + 1) },
      });
      seen.push(...json.Resources.map(({ userName, displayName }: Readonly<Record<string, string>>) => userName ?? displayName));
      expect(json).toMatchObject({ totalResults: USERS + GROUPS, itemsPerPage: json.Resources.length });
    }

    expect(seen).toEqual(names);
  });
});
