import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { policySchema } from '../../../src/access/policy.ts';
import type { Directory, RequestContext } from '../../../src/directory/context.ts';
import { createResource } from '../../../src/directory/create-resource.ts';
import { deleteResource } from '../../../src/directory/delete-resource.ts';
import { listResources } from '../../../src/directory/list-resources.ts';
import { patchResource } from '../../../src/directory/patch-resource.ts';
import type { Loaded } from '../../../src/directory/ports.ts';
import { present } from '../../../src/directory/present.ts';
import type { Listing, Page } from '../../../src/directory/search.ts';
import { evaluate } from '../../../src/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import type { JsonObject } from '../../../src/scim/json.ts';
import { parseProjection, project } from '../../../src/scim/projection.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aCall } from '../../support/store-call.ts';
import { openTestStore } from '../../support/store-open.ts';
import { newId } from '../../support/store-resources.ts';

const APPLICATIONS = ['entra', 'okta'] as const;

const contextOf = (application: string): RequestContext => ({
  ...aCall({ deadlineMs: Date.now() + 120_000 }),
  principal: { application, credential: 'c', scope: 'full' },
  policy: policySchema.parse({}),
  now: new Date(),
  baseUrl: 'https://scim.example.com',
});

const NAMES = ['ada', 'Bob', 'cyd'];
const MAILS = ['a@x', 'B@x', 'ß@ü', ''];

type Made = { readonly directory: Directory; readonly users: readonly string[]; readonly groups: readonly string[] };

/** A small directory where values repeat, one user and one group are removed, and nothing is ever swept. */
async function aDirectory(): Promise<Made> {
  const { store } = await openTestStore();
  const directory: Directory = { store, newId, clock: Date.now, mappingOf: async () => undefined };
  const make = async (application: string, type: ResourceType, body: JsonObject): Promise<string> =>
    (await createResource(directory, contextOf(application), type, { schemas: [type.schema.id], ...body })).id;
  const users: string[] = [];
  for (const [index, name] of [...NAMES, 'dan', 'eve'].entries()) {
    const emails = MAILS.slice(index % 3).map((value, at) => ({ value, type: at === 0 ? 'work' : 'home' }));
    const body = { userName: name, externalId: NAMES[index % 2] ?? '', active: index % 2 === 0, emails };
    users.push(await make(APPLICATIONS[index % 2] ?? 'entra', USER, body));
  }
  const groups: string[] = [];
  for (const [index, displayName] of [...NAMES, 'gone'].entries()) {
    const members = [...users.slice(index), ...groups.slice(0, 1)].map((value) => ({ value, display: `m${index}` }));
    groups.push(await make('entra', GROUP, { displayName, externalId: 'ada', members }));
  }
  const renamed = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'externalId', value: 'cyd' }],
  };
  await patchResource(directory, contextOf('okta'), USER, users[0] ?? '', renamed, { conditions: {}, include: undefined });
  await deleteResource(directory, contextOf('entra'), USER, users[4] ?? '', {});
  await deleteResource(directory, contextOf('entra'), GROUP, groups[3] ?? '', {});
  return { directory, users, groups };
}

const quoted = (value: string): string => JSON.stringify(value);

const inAnyCase = (values: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...values), fc.boolean()).map(([value, isUpper]) => quoted(isUpper ? value.toUpperCase() : value));

/** Comparisons that may lead to a key, and some that may not; inside brackets and out. */
const termOf = ({ users, groups }: Made, type: ResourceType): fc.Arbitrary<string> => {
  const compared = (path: string, values: readonly string[], ops = ['eq', 'eq', 'eq', 'ne', 'sw']) =>
    fc.tuple(fc.constantFrom(...ops), inAnyCase(values)).map(([op, value]) => `${path} ${op} ${value}`);
  const within = (path: string, ...inner: readonly fc.Arbitrary<string>[]) =>
    combined(fc.oneof(...inner), 1).map((text) => `${path}[${text}]`);
  const common = [
    compared('id', [...users, ...groups]),
    compared('externalId', NAMES),
    fc.constantFrom('externalId eq null', 'externalId pr', 'meta.resourceType eq "User"'),
  ];
  if (type === USER) {
    return fc.oneof(
      ...common,
      compared('userName', [...NAMES, 'dan', 'eve', 'fay']),
      compared('emails.value', MAILS),
      compared('emails', MAILS),
      within('emails', compared('value', MAILS), compared('type', ['work', 'home'])),
      compared('groups.value', groups, ['eq']),
      compared('groups', groups, ['eq', 'ne']),
      within('groups', compared('value', groups, ['eq']), compared('type', ['direct', 'indirect'])),
      fc.constantFrom('emails eq null', 'active eq true', 'groups pr'),
    );
  }
  return fc.oneof(
    ...common,
    compared('displayName', [...NAMES, 'gone']),
    compared('members.value', [...users, ...groups]),
    compared('members', users, ['eq', 'ne']),
    within('members', compared('value', [...users, ...groups]), compared('type', ['User', 'Group'])),
    fc.constantFrom('members pr', 'members eq null', 'members.display eq "m1"'),
  );
};

function combined(term: fc.Arbitrary<string>, maxDepth: number): fc.Arbitrary<string> {
  return fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      term,
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'and', 'or'), tie('filter'))
        .map(([left, word, right]) => `(${left}) ${word} (${right})`),
      tie('filter').map((text) => `not (${text})`),
    ),
  })).filter;
}

/** The answer of one who reads everything and then looks. */
async function naively({ directory }: Made, context: RequestContext, type: ResourceType, text: string): Promise<readonly Loaded[]> {
  const filter = parseFilter(text, type);
  const found: Loaded[] = [];
  for await (const chunk of directory.store.scan(type.name, { groups: true, members: type === GROUP }, context)) {
    found.push(...chunk.filter((loaded) => evaluate(filter, present(type, loaded, context))));
  }
  return found;
}

/** The same list, two resources at a time. */
async function byCursor({ directory }: Made, context: RequestContext, listing: Listing): Promise<readonly Loaded[]> {
  const found: Loaded[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await listResources(directory, context, { ...listing, paging: { startIndex: 1, count: 2, cursor } });
    found.push(...page.items.map(({ loaded }) => loaded));
    cursor = 'cursorBehind' in page ? page.cursorBehind(page.items.length) : undefined;
  }
  return found;
}

const projections = fc.constantFrom<readonly [(string | undefined)?, string?]>(
  [],
  ['id'],
  ['groups,members'],
  [undefined, 'groups,members'],
  ['displayName', 'members'],
);

describe('a filter', () => {
  let made: Made;

  beforeAll(async () => {
    made = await aDirectory();
  });

  it.each([USER, GROUP])(
    'on a $name finds the same by whatever key it is planned, and whatever is shown, as by reading everything',
    async (type) => {
      const filters = combined(termOf(made, type), 3);
      await fc.assert(
        fc.asyncProperty(filters, projections, fc.constantFrom(...APPLICATIONS), async (text, [attributes, excluded], application) => {
          const context = contextOf(application);
          const projection = parseProjection(type, attributes, excluded);
          const shown = (each: Loaded): JsonObject => project(type, present(type, each, context), projection);
          const byId = (all: readonly Loaded[]) => Object.fromEntries(all.map((each) => [each.resource.id, shown(each)]));
          const query = { filter: parseFilter(text, type), startIndex: 1, count: 100, projection };

          const listing = { paging: query, selections: [{ type, query }] };

          const { items, ...page } = await listResources(made.directory, context, listing);

          const expected = await naively(made, context, type, text);
          expect(byId(items.map(({ loaded }) => loaded))).toEqual(byId(expected));
          expect(page).toEqual({ startIndex: 1, total: expected.length });
          expect(byId(await byCursor(made, context, listing))).toEqual(byId(expected));
        }),
        { numRuns: 150 },
      );
    },
  );
});
