import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** Sees everything; its resources are the others' for the other one. */
let hr: Endpoint;
/** Sees what it has created. */
let shop: Endpoint;

const create = async ({ send }: Endpoint, path: string, body: object): Promise<string> => (await send('POST', path, { body })).json.id;
const aUser = (by: Endpoint, userName: string) =>
  create(by, '/Users', { schemas: [USER], userName, externalId: `external-${userName}`, emails: [{ value: `${userName}@example.com` }] });
const aGroup = (by: Endpoint, displayName: string, ...members: readonly string[]) =>
  create(by, '/Groups', { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) });

let theirs: string;
let own: string;
let theirGroup: string;
let ownGroup: string;

beforeEach(async () => {
  hr = await openEndpoint({ principal: { application: 'hr' } });
  shop = await openEndpoint({ principal: { application: 'shop' }, policy: { resources: 'own' }, openStore: async () => hr.table });
  theirs = await aUser(hr, 'theirs');
  own = await aUser(shop, 'own');
  theirGroup = await aGroup(hr, 'Theirs', theirs, own);
  ownGroup = await aGroup(shop, 'Own', own);
});

const add = (...ids: readonly string[]) => ({
  schemas: [PATCH],
  Operations: [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }],
});

describe('an application that sees only what it created: single resources', () => {
  it('finds its own, and none of another by id', async () => {
    expect((await shop.send('GET', `/Users/${own}`)).status).toBe(200);
    expect((await shop.send('GET', `/Groups/${ownGroup}`)).status).toBe(200);
    for (const path of [`/Users/${theirs}`, `/Groups/${theirGroup}`]) {
      const [there, nowhere] = [await shop.send('GET', path), await shop.send('GET', `/Users/${crypto.randomUUID()}`)];

      expect(there.status).toBe(404);
      expect(there.json.detail.split(' (request')[0].replace('Group', 'User')).toBe(nowhere.json.detail.split(' (request')[0]);
    }
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('changes none of another by %s: it is not there', async (method) => {
    const before = [(await hr.send('GET', `/Users/${theirs}`)).json, (await hr.send('GET', `/Groups/${theirGroup}`)).json];
    const bodyOf = (put: object) =>
      method === 'PUT' ? put : { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'x' }] };

    const user = await shop.send(method, `/Users/${theirs}`, { body: bodyOf({ schemas: [USER], userName: 'stolen' }) });
    const group = await shop.send(method, `/Groups/${theirGroup}`, { body: bodyOf({ schemas: [GROUP], displayName: 'stolen' }) });
    const member = await shop.send('PATCH', `/Groups/${theirGroup}`, { body: add(own) });

    expect([user.status, group.status, member.status]).toEqual([404, 404, 404]);
    expect([(await hr.send('GET', `/Users/${theirs}`)).json, (await hr.send('GET', `/Groups/${theirGroup}`)).json]).toEqual(before);
  });

  it('changes and removes its own', async () => {
    const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'Renamed' }] };

    expect((await shop.send('PATCH', `/Users/${own}`, { body })).json.displayName).toBe('Renamed');
    expect((await shop.send('PATCH', `/Groups/${ownGroup}`, { body })).json.displayName).toBe('Renamed');
    expect((await shop.send('DELETE', `/Groups/${ownGroup}`)).status).toBe(204);
    expect((await shop.send('DELETE', `/Users/${own}`)).status).toBe(204);
  });

  it('is told that a name is taken by a resource it cannot find, and not by which', async () => {
    const taken = await shop.send('POST', '/Users', { body: { schemas: [USER], userName: 'THEIRS' } });
    const renamed = await shop.send('PUT', `/Users/${own}`, { body: { schemas: [USER], userName: 'theirs' } });
    const itsOwn = await shop.send('POST', '/Users', { body: { schemas: [USER], userName: 'own' } });

    for (const { status, json } of [taken, renamed]) {
      expect([status, json.scimType]).toEqual([409, 'uniqueness']);
      expect(json.detail).toContain('A User of another application already has this userName');
      expect(json.detail).not.toContain(theirs);
    }
    expect(itsOwn.json.detail).toContain('find it with a filter on userName');
  });
});

describe('an application that sees only what it created: lists', () => {
  const listed = async (path: string, query: Record<string, string>) => {
    const { json } = await shop.send('GET', path, { query });
    return [json.totalResults, json.Resources.map(({ id }: { id: string }) => id)];
  };

  it.each([
    ['everything', {}],
    ['a page', { startIndex: '1', count: '1' }],
    ['a name', { filter: 'userName eq "own" or userName eq "theirs"' }],
    ['what has no key', { filter: 'userName co "e" or userName co "o"' }],
    ['an order', { sortBy: 'userName' }],
  ])('counts and shows its own alone: %s', async (_, query) => {
    expect(await listed('/Users', query)).toEqual([1, [own]]);
  });

  it.each([
    'userName eq "theirs"',
    'externalId eq "external-theirs"',
    'emails.value eq "theirs@example.com"',
    'userName sw "the"',
    'not (userName eq "own")',
  ])('finds none of another by %s', async (filter) => {
    expect(await listed('/Users', { filter })).toEqual([0, []]);
    expect(await listed('/Users', { filter: `id eq "${theirs}"` })).toEqual([0, []]);
  });

  it('pages by cursor through its own, and says no total that counts the others', async () => {
    const more = [await aUser(shop, 'own-2'), await aUser(hr, 'theirs-2'), await aUser(shop, 'own-3')];
    const ids: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { json } = await shop.send('GET', '/Users', { query: { cursor, count: '1' } });
      ids.push(...json.Resources.map(({ id }: { id: string }) => id));
      expect([undefined, 3]).toContain(json.totalResults);
      cursor = json.nextCursor;
    }

    expect(ids).toEqual([own, more[0], more[2]]);
    expect((await shop.send('GET', '/Users', { query: { cursor: '', count: '0' } })).json.totalResults).toBe(3);
  });

  it('pages by index through its own, as if there were no others between them', async () => {
    const more = [await aUser(shop, 'own-2'), await aUser(hr, 'theirs-2'), await aUser(shop, 'own-3')];

    expect(await listed('/Users', { startIndex: '2', count: '5' })).toEqual([3, [more[0], more[2]]]);
  });

  it('searches and lists over all types what it created', async () => {
    const search = await shop.send('POST', '/.search', { body: { schemas: [SEARCH] } });
    const users = await shop.send('POST', '/Users/.search', { body: { schemas: [SEARCH], filter: 'userName pr' } });
    const root = await shop.send('GET', '/');

    expect([search, users, root].map(({ json }) => json.totalResults)).toEqual([2, 1, 2]);
  });

  it('does not stop at others, however many come before its own', async () => {
    for (let index = 0; index < 30; index += 1) await aUser(hr, `many-${index}`);
    const last = await aUser(shop, 'last');

    expect(await listed('/Users', { filter: 'userName co "last"' })).toEqual([1, [last]]);
    expect((await shop.send('GET', '/Users', { query: { cursor: '', count: '2' } })).json.Resources).toHaveLength(2);
  });
});

describe('an application that sees only what it created: groups and references', () => {
  it('is shown the groups of a user that it created itself', async () => {
    const [byId, list] = [await shop.send('GET', `/Users/${own}`), await shop.send('GET', '/Users')];

    for (const groups of [byId.json.groups, list.json.Resources[0].groups])
      expect(groups.map(({ display }: { display: string }) => display)).toEqual(['Own']);
    expect(byId.text).not.toContain('Theirs');
  });

  it('finds users by its own groups, and by no others', async () => {
    const totals = await Promise.all(
      [ownGroup, theirGroup].map(
        async (group) => (await shop.send('GET', '/Users', { query: { filter: `groups.value eq "${group}"` } })).json.totalResults,
      ),
    );

    expect(totals).toEqual([1, 0]);
    expect((await shop.send('GET', '/Groups', { query: { filter: `members.value eq "${own}"` } })).json.totalResults).toBe(1);
  });

  it.each([
    ['a PATCH', () => shop.send('PATCH', `/Groups/${ownGroup}`, { body: add(theirs) })],
    [
      'a PUT',
      () => shop.send('PUT', `/Groups/${ownGroup}`, { body: { schemas: [GROUP], displayName: 'Own', members: [{ value: theirs }] } }),
    ],
    ['a POST', () => shop.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: 'New', members: [{ value: theirs }] } })],
  ])('takes no user of another application into its group: by %s', async (_, send) => {
    const { status, json } = await send();

    expect([status, json.scimType]).toEqual([400, 'invalidValue']);
    expect(json.detail).toContain('no resource has the id');
    expect((await hr.send('GET', `/Users/${theirs}`)).json.groups).toHaveLength(1);
  });

  it('leaves such a user out where unknown members are ignored, and takes its own', async () => {
    const lenient = await openEndpoint({
      principal: { application: 'shop' },
      policy: { resources: 'own', unknownMembers: 'ignore' },
      openStore: async () => hr.table,
    });
    const another = await aUser(lenient, 'another');

    const { status } = await lenient.send('PATCH', `/Groups/${ownGroup}`, { body: add(theirs, another) });

    const { json } = await lenient.send('GET', `/Groups/${ownGroup}`);
    expect(status).toBe(200);
    expect(json.members.map(({ value }: { value: string }) => value).sort()).toEqual([own, another].sort());
  });

  it('sees, and may take out, a member that another application has put into its group', async () => {
    await hr.send('PATCH', `/Groups/${ownGroup}`, { body: add(theirs) });

    const before = (await shop.send('GET', `/Groups/${ownGroup}`)).json.members.map(({ value }: { value: string }) => value);
    await shop.send('PATCH', `/Groups/${ownGroup}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'remove', path: `members[value eq "${theirs}"]` }] },
    });

    expect(before.sort()).toEqual([own, theirs].sort());
    expect((await shop.send('GET', `/Groups/${ownGroup}`)).json.members).toHaveLength(1);
  });

  it('keeps a manager as it was sent, whoever that is: a reference is text', async () => {
    const body = { schemas: [USER, ENTERPRISE], userName: 'report', [ENTERPRISE]: { manager: { value: theirs } } };

    const { status, json } = await shop.send('POST', '/Users', { body });

    expect([status, json[ENTERPRISE].manager.value]).toEqual([201, theirs]);
  });

  it('is held to it in a bulk request, operation by operation', async () => {
    const Operations = [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { schemas: [USER], userName: 'bulk' } },
      { method: 'PATCH', path: `/Groups/${ownGroup}`, data: add('bulkId:a') },
      { method: 'DELETE', path: `/Users/${theirs}` },
      { method: 'PATCH', path: `/Groups/${ownGroup}`, data: add(theirs) },
    ];

    const { json } = await shop.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } });

    expect(json.Operations.map(({ status }: { status: string }) => status)).toEqual(['201', '204', '404', '400']);
    expect((await hr.send('GET', `/Users/${theirs}`)).status).toBe(200);
  });
});

describe('an application that sees everything', () => {
  it('sees and changes what a limited one has created', async () => {
    const body = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'By HR' }] };

    expect((await hr.send('PATCH', `/Users/${own}`, { body })).status).toBe(200);
    expect((await hr.send('GET', '/Users')).json.totalResults).toBe(2);
    expect((await shop.send('GET', `/Users/${own}`)).json.displayName).toBe('By HR');
  });
});
