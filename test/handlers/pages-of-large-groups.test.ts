import { beforeAll, describe, expect, it } from '@jest/globals';
import { exceeds } from '../../src/directory/ports.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const SIZE = 12_000;
const MEMBERS = Array.from({ length: SIZE }, (_, index) => ({
  value: `0197f000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  type: 'User',
}));

let endpoint: Endpoint;
let largeReads = 0;

beforeAll(async () => {
  endpoint = await openEndpoint();
  for (const displayName of NAMES) await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName } });
  const { store } = endpoint.table;
  const relate = store.relate.bind(store);
  store.relate = async (resources, include, call) => {
    const related = await relate(resources, include, call);
    if (include.members === undefined || include.members === false) return related;
    if (!exceeds(include.members, SIZE)) largeReads += resources.length;
    return related.map(({ resource }) => ({ resource, ...(exceeds(include.members, SIZE) ? {} : { members: MEMBERS }) }));
  };
});

type Page = { readonly Resources: readonly { readonly displayName: string; readonly members: readonly object[] }[] };

const shownOf = ({ Resources }: Page) => Resources.map(({ displayName, members }) => `${displayName} of ${members.length}`);

const SHOWN = { attributes: 'displayName,members.value' };
const WHOLE = NAMES.map((name) => `${name} of ${SIZE}`);

describe.each([
  ['/Groups', {}],
  ['/Groups', { filter: 'displayName pr' }],
  ['/Groups', { sortBy: 'displayName' }],
  ['', { filter: 'meta.resourceType eq "Group"' }],
  ['', { sortBy: 'displayName' }],
])('a list of groups with very many members, %s %j', (path, query: Readonly<Record<string, string>>) => {
  it('is read page after page, whole groups each, by startIndex', async () => {
    const seen: string[] = [];
    for (let pages = 0; seen.length < NAMES.length && pages < 7; pages += 1) {
      const { json } = await endpoint.send('GET', path, { query: { ...query, ...SHOWN, startIndex: String(seen.length + 1) } });
      expect(json).toMatchObject({ totalResults: NAMES.length, itemsPerPage: json.Resources.length });
      seen.push(...shownOf(json));
    }

    expect(seen).toEqual(WHOLE);
  });

  it('is read page after page, whole groups each, by cursor', async () => {
    const seen: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 7; pages += 1) {
      const { json } = await endpoint.send('GET', path, { query: { ...query, ...SHOWN, cursor } });
      seen.push(...shownOf(json));
      cursor = json.nextCursor;
    }

    expect(seen).toEqual(WHOLE);
    expect(cursor).toBeUndefined();
  });

  it('reads no more groups than one answer could carry', async () => {
    largeReads = 0;

    const { json } = await endpoint.send('GET', path, { query: { ...query, ...SHOWN } });

    expect(shownOf(json)).toEqual(WHOLE.slice(0, 3));
    expect(largeReads).toBe(4);
  });
});
