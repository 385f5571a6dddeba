import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Directory } from '../../../src/directory/context.ts';
import { createResource } from '../../../src/directory/create-resource.ts';
import { listResources } from '../../../src/directory/list-resources.ts';
import type { Listing, Page } from '../../../src/directory/search.ts';
import { parseListQuery } from '../../../src/scim/query.ts';
import type { Registry } from '../../../src/scim/schema/resource-type.ts';
import { GROUP, REGISTRY, USER } from '../../../src/scim/schema/resource-types.ts';
import { aContext } from '../../support/request-context.ts';
import { openTestStore } from '../../support/store-open.ts';
import { newId } from '../../support/store-resources.ts';

const context = aContext({ deadlineMs: Date.now() + 300_000 });

let directory: Directory;

beforeAll(async () => {
  directory = { store: (await openTestStore()).store, newId, clock: Date.now, mappingOf: async () => undefined };
  const ids: string[] = [];
  for (let index = 0; index < 17; index += 1) {
    const body = {
      schemas: [USER.schema.id],
      userName: `user ${(index * 7) % 17}`,
      ...(index % 3 === 0 ? {} : { title: `T${index % 4}`, displayName: `d${index % 5}` }),
      active: index % 2 === 0,
    };
    ids.push((await createResource(directory, context, USER, body)).id);
  }
  for (let index = 0; index < 6; index += 1) {
    const members = ids.slice(index, index * 2).map((value) => ({ value }));
    await createResource(directory, context, GROUP, { schemas: [GROUP.schema.id], displayName: `D${5 - index}`, members });
  }
});

const listingOf = (types: Registry, parameters: Readonly<Record<string, string>>): Listing => {
  const selections = types.map((type) => ({ type, query: parseListQuery(type, new Map(Object.entries(parameters)), types) }));
  const [first] = selections;
  if (first === undefined) throw new TypeError('a listing has a type');
  return { paging: first.query, selections };
};

const idsOf = ({ items }: Page): readonly string[] => items.map(({ loaded }) => loaded.resource.id);

async function byIndex(types: Registry, query: Readonly<Record<string, string>>, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let total = 1; ids.length < total; ) {
    const page = await listResources(
      directory,
      context,
      listingOf(types, { ...query, startIndex: String(ids.length + 1), count: String(count) }),
    );
    total = page.total ?? 0;
    ids.push(...idsOf(page));
  }
  return ids;
}

async function byCursor(types: Registry, query: Readonly<Record<string, string>>, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await listResources(directory, context, listingOf(types, { ...query, cursor, count: String(count) }));
    ids.push(...idsOf(page));
    cursor = 'cursorBehind' in page ? page.cursorBehind(page.items.length) : undefined;
  }
  return ids;
}

const queries = fc.record(
  {
    filter: fc.constantFrom(
      'active eq true',
      'title pr',
      'displayName sw "D"',
      'displayName eq "d3"',
      'userName sw "user 1"',
      'not (title pr)',
      'meta.resourceType eq "Group"',
      'meta.resourceType eq "User" and title eq "t1"',
      'id pr or active eq true',
      'userName eq "nobody"',
    ),
    sortBy: fc.constantFrom('userName', 'title', 'displayName', 'id', 'active', 'meta.resourceType'),
    sortOrder: fc.constantFrom('ascending', 'descending'),
  },
  { requiredKeys: [] },
);

describe('whatever is asked of whichever types', () => {
  it('is listed whole and in one order, by pages of any size, by index and by cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Registry>(REGISTRY, [USER]),
        queries,
        fc.integer({ min: 1, max: 25 }),
        async (types, query, count) => {
          const whole = idsOf(await listResources(directory, context, listingOf(types, { ...query, count: '200' })));

          expect(new Set(whole).size).toBe(whole.length);
          expect(await byIndex(types, query, count)).toEqual(whole);
          expect(await byCursor(types, query, count)).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds the same whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(queries, async ({ filter, ...order }) => {
        const asked = filter === undefined ? {} : { filter };
        const sorted = idsOf(await listResources(directory, context, listingOf(REGISTRY, { ...asked, ...order })));
        const plain = idsOf(await listResources(directory, context, listingOf(REGISTRY, asked)));

        expect(sorted.toSorted()).toEqual(plain.toSorted());
      }),
      { numRuns: 30 },
    );
  });
});
