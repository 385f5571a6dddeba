import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const body = {
  schemas: [USER, ENTERPRISE],
  userName: 'ada',
  title: 'Dr',
  password: 'canary',
  name: { givenName: 'Ada', familyName: 'Byron' },
  emails: [{ value: 'a@x', type: 'work' }],
  [ENTERPRISE]: { department: 'Tours', costCenter: '7' },
};

let endpoint: Endpoint;
let id: string;
let group: string;

beforeEach(async () => {
  endpoint = await openEndpoint({ policy: { patchAnswer: { User: 'noContent', Group: 'noContent' }, me: {} } });
  id = (await endpoint.send('POST', '/Users', { body })).json.id;
  group = (await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'Staff', members: [{ value: id }] } })).json.id;
});

type Projected = Readonly<Record<'attributes' | 'excludedAttributes', string>>;

/** The resource as each way to get it answers with. */
async function answers(query: Partial<Projected>): Promise<Readonly<Record<string, unknown>>> {
  const patch = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: 'Dr' }] };
  const lists = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value.split(',')]));
  const me = await openEndpoint({ policy: { me: { 'credential-1': id } }, openStore: async () => endpoint.table });
  return {
    read: (await endpoint.send('GET', `/Users/${id}`, { query })).json,
    list: (await endpoint.send('GET', '/Users', { query })).json.Resources[0],
    filtered: (await endpoint.send('GET', '/Users', { query: { ...query, filter: 'userName eq "ada"' } })).json.Resources[0],
    byCursor: (await endpoint.send('GET', '/Users', { query: { ...query, cursor: '' } })).json.Resources[0],
    sorted: (await endpoint.send('GET', '/Users', { query: { ...query, sortBy: 'title' } })).json.Resources[0],
    searched: (await endpoint.send('POST', '/Users/.search', { body: { schemas: [SEARCH], ...lists } })).json.Resources[0],
    root: (await endpoint.send('GET', '', { query })).json.Resources[0],
    me: (await me.send('GET', '/Me', { query })).json,
    replaced: (await endpoint.send('PUT', `/Users/${id}`, { query, body })).json,
    ...(query.attributes === undefined ? {} : { patched: (await endpoint.send('PATCH', `/Users/${id}`, { query, body: patch })).json }),
  };
}

describe('what is asked for of a resource', () => {
  it.each<[Partial<Projected>, object]>([
    [{ attributes: 'userName' }, { userName: 'ada' }],
    [{ attributes: 'NAME.givenname,emails.value' }, { name: { givenName: 'Ada' }, emails: [{ value: 'a@x' }] }],
    [{ attributes: `${ENTERPRISE}:department` }, { [ENTERPRISE]: { department: 'Tours' } }],
    [{ attributes: ENTERPRISE }, { [ENTERPRISE]: { department: 'Tours', costCenter: '7' } }],
    [{ attributes: `${USER}:title,groups.display` }, { title: 'Dr', groups: [{ display: 'Staff' }] }],
    [{ attributes: 'password,nobody' }, {}],
    [{ attributes: 'userName,title', excludedAttributes: 'title' }, { userName: 'ada' }],
  ])('is shown by every answer, with what is always there: %j', async (query, shown) => {
    const all = await answers(query);

    for (const [way, resource] of Object.entries(all)) {
      expect([way, resource]).toEqual([way, { schemas: [USER, ENTERPRISE], id, ...shown }]);
    }
  });

  it.each(['emails', `${ENTERPRISE}:costCenter`, ENTERPRISE, 'name.familyName', 'groups', 'meta'])(
    'may leave %s out, of every answer',
    async (name) => {
      const all = await answers({ excludedAttributes: name });

      const whole: Record<string, unknown> = (await endpoint.send('GET', `/Users/${id}`)).json;
      for (const [way, resource] of Object.entries(all)) {
        expect([way, JSON.stringify(resource).length < JSON.stringify(whole).length]).toEqual([way, true]);
        expect(resource).toMatchObject({ schemas: [USER, ENTERPRISE], id, userName: 'ada' });
        if (name !== 'name.familyName') expect(Object.keys(Object(resource))).not.toContain(name);
      }
    },
  );

  it('never shows a password, and cannot leave out what identifies', async () => {
    const all = await answers({ excludedAttributes: 'id,schemas,title' });

    for (const resource of Object.values(all)) {
      expect(resource).toMatchObject({ schemas: [USER, ENTERPRISE], id });
      expect(JSON.stringify(resource)).not.toContain('canary');
    }
  });

  it('is shown of what a POST makes', async () => {
    const { status, json } = await endpoint.send('POST', '/Users', { query: { attributes: 'title' }, body: { ...body, userName: 'bea' } });

    expect(status).toBe(201);
    expect(json).toEqual({ schemas: [USER, ENTERPRISE], id: expect.any(String), title: 'Dr' });
  });

  it('makes a PATCH answer with a body, where it would not otherwise', async () => {
    const change = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'Crew' }] };

    const silent = await endpoint.send('PATCH', `/Groups/${group}`, { body: change });
    const shown = await endpoint.send('PATCH', `/Groups/${group}`, { body: change, query: { attributes: 'displayName' } });

    expect([silent.status, silent.text]).toEqual([204, '']);
    expect([shown.status, shown.json]).toEqual([200, { schemas: [GROUP], id: group, displayName: 'Crew' }]);
  });
});
