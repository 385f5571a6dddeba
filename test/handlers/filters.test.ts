import { beforeAll, describe, expect, it } from '@jest/globals';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aThing, THING } from '../support/a-thing.ts';
import { COMPARISON_CASES } from '../support/comparison-cases.ts';
import { type Answer, type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

describe('every operator on every type of attribute', () => {
  let endpoint: Endpoint;

  const matchesOf = async (filter: string): Promise<boolean | undefined> => {
    const { status, json } = await endpoint.send('GET', '/Things', { query: { filter, attributes: 'text' } });
    if (status === 400 && json.scimType === 'invalidFilter') return undefined;
    expect(status).toBe(200);
    return json.Resources.some(({ text }: { text?: string }) => text !== undefined);
  };

  beforeAll(async () => {
    endpoint = await openEndpoint({ services: { registryOf: async () => [...REGISTRY, THING] } });
    for (const thing of [aThing, {}]) {
      const { status } = await endpoint.send('POST', '/Things', { body: { schemas: [THING.schema.id], ...thing } });
      expect(status).toBe(201);
    }
  });

  it('finds over HTTP what it should, or is refused', async () => {
    const wrong: string[] = [];
    for (const [filter, outcome] of COMPARISON_CASES) {
      if ((await matchesOf(filter)) !== outcome) wrong.push(filter);
    }

    expect(wrong).toEqual([]);
  });

  it('finds by an id that no user or group has a type for, and by the meta data of its own type', async () => {
    const { json } = await endpoint.send('GET', '/Things', { query: { filter: 'meta.resourceType eq "Thing" and text pr' } });
    const [{ id, meta }] = json.Resources;

    const byId = await endpoint.send('GET', '/Things', { query: { filter: `id eq "${id}"` } });
    const byLocation = await endpoint.send('GET', '/Things', { query: { filter: `meta.location ew "/Things/${id}"` } });

    expect([byId.json.totalResults, byLocation.json.totalResults]).toEqual([1, 1]);
    expect(meta.resourceType).toBe('Thing');
  });
});

describe('a filter on users', () => {
  let endpoint: Endpoint;
  let ids: readonly string[];
  let group: string;

  const list = (filter: string, query = {}): Promise<Answer> => endpoint.send('GET', '/Users', { query: { filter, ...query } });

  const namesOf = ({ json }: Answer): readonly string[] => json.Resources.map(({ userName }: { userName: string }) => userName);

  beforeAll(async () => {
    endpoint = await openEndpoint();
    const made: string[] = [];
    for (const [index, userName] of ['ada', 'Bea', 'Zoë "Z"', '漢字', 'eve'].entries()) {
      const more = index === 0 ? { [ENTERPRISE]: { manager: { value: 'm1', $ref: 'https://x.example/Users/m1' } }, externalId: 'Ext' } : {};
      const emails = [{ value: `${index}@x`, type: index % 2 === 0 ? 'work' : 'home', primary: index === 0 }];
      made.push((await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName, emails, ...more } })).json.id);
    }
    ids = made;
    const members = made.slice(0, 2).map((value) => ({ value, display: 'one of them' }));
    group = (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Staff', members } })).json.id;
  });

  it.each([
    ['userName eq "ZOË \\"z\\""', ['Zoë "Z"']],
    ['userName sw "zo\\u00eb"', ['Zoë "Z"']],
    ['userName co "\\""', ['Zoë "Z"']],
    ['userName eq "漢字"', ['漢字']],
    ['externalId eq "Ext"', ['ada']],
    ['externalId eq "ext"', []],
    [`${ENTERPRISE}:manager.value eq "M1"`, ['ada']],
    [`${ENTERPRISE}:manager.$ref ew "/m1"`, ['ada']],
    ['manager eq "m1"', ['ada']],
    [`schemas eq "${ENTERPRISE}"`, ['ada']],
    ['schemas co "enterprise"', ['ada']],
    ['emails[type eq "work" and not (primary eq true)]', ['Zoë "Z"', 'eve']],
    ['emails[type eq "home" or value eq "4@X"]', ['Bea', '漢字', 'eve']],
    ['groups.display sw "st"', ['ada', 'Bea']],
    ['groups[display eq "staff" and type eq "direct"]', ['ada', 'Bea']],
    ['not (groups pr)', ['Zoë "Z"', '漢字', 'eve']],
    ['meta.version eq "W/\\"1\\""', ['ada', 'Bea', 'Zoë "Z"', '漢字', 'eve']],
    ['meta.lastModified gt "2001-01-01T00:00:00+14:00" and userName sw "e"', ['eve']],
    ['meta.lastModified lt "2001-01-01T00:00:00-12:00"', []],
  ])('%s', async (filter, names) => {
    const answer = await list(filter);

    expect([answer.status, namesOf(answer)]).toEqual([200, names]);
    expect(answer.json.totalResults).toBe(names.length);
  });

  it('compares groups by their members', async () => {
    const [first, , third] = ids;
    const totals = [];
    for (const filter of [
      `members eq "${first}"`,
      `members.value eq "${third}"`,
      'members.display co "one of"',
      `members[value eq "${first}" and type eq "User"]`,
      `members.$ref ew "${first}"`,
      'not (members pr)',
    ]) {
      totals.push((await endpoint.send('GET', '/Groups', { query: { filter } })).json.totalResults);
    }

    expect(totals).toEqual([1, 0, 1, 1, 1, 0]);
  });

  it('compares users by the id of a group', async () => {
    expect(namesOf(await list(`groups eq "${group}"`))).toEqual(['ada', 'Bea']);
    expect(namesOf(await list(`groups.value ne "${group}"`))).toEqual(['Zoë "Z"', '漢字', 'eve']);
  });

  it('reads no more than the ids it allows', async () => {
    const [, second = '', third = '', fourth = ''] = ids;

    const between = await list(`id ge "${second}" and id lt "${fourth}"`, { excludedAttributes: 'groups' });
    const above = await list(`id gt "${fourth}" and active eq null`, { excludedAttributes: 'groups' });
    const none = await list(`id gt "${fourth}" and id lt "${second}"`);

    expect(namesOf(between)).toEqual(['Bea', 'Zoë "Z"']);
    expect(namesOf(above)).toEqual(['eve']);
    expect([none.json.totalResults, none.line.storeCalls]).toEqual([0, 0]);
    expect(namesOf(await list(`id sw "${third}"`))).toEqual(['Zoë "Z"']);
  });

  it.each([
    'password eq "x"',
    'password pr',
    'active gt true',
    'x509Certificates.value ge "QQ=="',
    'colour eq "red"',
    'userName regex "a"',
    'userName eq',
    'emails[type eq "work"',
    '',
  ])('is refused, never answered with an empty list: %p', async (filter) => {
    const { status, json } = await list(filter);

    expect([status, json.scimType]).toEqual([400, 'invalidFilter']);
  });
});
