import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;
let path: string;
let count = 0;

const put = { schemas: [USER], userName: 'ada' };
const title = (value: string) => ({ schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value }] });

beforeAll(async () => {
  endpoint = await openEndpoint();
});

beforeEach(async () => {
  count += 1;
  const { json } = await endpoint.send('POST', '/Users', { body: { ...put, userName: `ada-${count}` } });
  path = `/Users/${json.id}`;
});

const changes = (): readonly (readonly [string, unknown])[] => [
  ['PUT', { ...put, userName: `ada-${count}`, title: 'New' }],
  ['PATCH', title('New')],
  ['DELETE', undefined],
];

describe('a conditional change', () => {
  it.each(['W/"9"', '"9"', 'W/"2", "3"', 'nonsense'])('is 412 where If-Match is %s, and nothing changes', async (tag) => {
    for (const [method, body] of changes()) {
      const { status, json } = await endpoint.send(method, path, { body, headers: { 'If-Match': tag } });

      expect([status, json.status]).toEqual([412, '412']);
    }
    expect((await endpoint.send('GET', path)).json.meta.version).toBe('W/"1"');
  });

  it.each(['W/"1"', '"1"', '*', 'W/"7", W/"1"'])('is made where If-Match is %s', async (tag) => {
    const { status, headers } = await endpoint.send('PATCH', path, { body: title('New'), headers: { 'If-Match': tag } });

    expect([status, headers['etag']]).toEqual([200, 'W/"2"']);
  });

  it.each(['W/"1"', '"1"', '*'])('is 412 where If-None-Match is %s, the version there is', async (tag) => {
    for (const [method, body] of changes()) {
      expect((await endpoint.send(method, path, { body, headers: { 'If-None-Match': tag } })).status).toBe(412);
    }
  });

  it('is made where If-None-Match names another version', async () => {
    const { status } = await endpoint.send('PATCH', path, { body: title('New'), headers: { 'If-None-Match': 'W/"9"' } });

    expect(status).toBe(200);
  });

  it('of members holds for the version named alone, though members need none', async () => {
    const { json: user } = await endpoint.send('GET', path);
    const { json: group } = await endpoint.send('POST', '/Groups', { body: { schemas: [GROUP], displayName: `G${count}` } });
    const add = { schemas: [PATCH], Operations: [{ op: 'add', path: 'members', value: [{ value: user.id }] }] };
    const headers = { 'If-Match': 'W/"1"' };

    const answers = await Promise.all(
      [add, { ...add, Operations: [{ op: 'remove', path: `members[value eq "${user.id}"]` }] }, add].map((body) =>
        endpoint.send('PATCH', `/Groups/${group.id}`, { body, headers }),
      ),
    );

    expect(answers.filter(({ line }) => (line.changed ?? []).length > 0)).toHaveLength(1);
    expect((await endpoint.send('GET', `/Groups/${group.id}`)).json.meta.version).toBe('W/"2"');
  });
});

describe('a conditional read', () => {
  it.each([
    ['W/"1"', 304],
    ['"1"', 304],
    ['*', 304],
    ['W/"2"', 200],
  ])('with If-None-Match %s is %i', async (tag, expected) => {
    const { status, text, headers } = await endpoint.send('GET', path, { headers: { 'If-None-Match': tag } });

    expect([status, text === '']).toEqual([expected, expected === 304]);
    expect(headers['etag']).toBe('W/"1"');
  });
});

describe('a change that changes nothing', () => {
  it('leaves version and lastModified as they are, by PATCH and by PUT', async () => {
    const { json: before } = await endpoint.send('PATCH', path, { body: title('Same') });

    const patched = await endpoint.send('PATCH', path, { body: title('Same') });
    const replaced = await endpoint.send('PUT', path, { body: { ...put, userName: `ada-${count}`, title: 'Same' } });

    expect([patched.json.meta, replaced.json.meta]).toEqual([before.meta, before.meta]);
    expect([patched.line.writeUnits, replaced.line.writeUnits]).toEqual([0, 0]);
  });
});
