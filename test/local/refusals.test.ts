import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR, GROUP, patchOf, type ScimClient, type ScimResponse, scimClient, USER } from '../support/local-client.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

let folder: TemporaryFolder;
let server: LocalServer;
let send: ScimClient;
let user: string;
let group: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
  send = scimClient(server, server.token ?? '');
  user = String((await send('POST', '/Users', { schemas: [USER], userName: 'bjensen', title: 'Guide' })).body['id']);
  group = String((await send('POST', '/Groups', { schemas: [GROUP], displayName: 'Guides', members: [{ value: user }] })).body['id']);
}, 30_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
});

const everything = async (): Promise<readonly unknown[]> => [(await send('GET', '/Users')).body, (await send('GET', '/Groups')).body];

type Refused = { readonly status: number; readonly scimType?: string; readonly headers?: Readonly<Record<string, string>> };

/** Expects an RFC 7644 §3.12 error, and a directory that is as it was. */
async function expectRefused(request: () => Promise<ScimResponse>, { status, scimType, headers = {} }: Refused): Promise<void> {
  const before = await everything();

  const answer = await request();

  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status,
    body: { schemas: [ERROR], status: String(status), detail: expect.any(String), ...(scimType === undefined ? {} : { scimType }) },
  });
  expect(answer.headers).toMatchObject({ 'content-type': expect.stringMatching(/^application\/scim\+json/), ...headers });
  expect(await everything()).toEqual(before);
}

const aUser = (given: object): object => ({ schemas: [USER], userName: 'newcomer', ...given });
const nested = (depth: number): string => `{"schemas":["${USER}"],"userName":"deep","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;

describe('a body', () => {
  it.each([
    ['that breaks off', '{"schemas":["', 'invalidSyntax'],
    ['that is an array', '[]', 'invalidSyntax'],
    ['that is missing', '', 'invalidSyntax'],
    ['nested 500,000 deep', nested(500_000), 'invalidSyntax'],
    ['without its userName', aUser({ userName: undefined }), 'invalidValue'],
    ['with a number for a userName', aUser({ userName: 7 }), 'invalidValue'],
    ['with a NUL in its userName', aUser({ userName: 'a\u0000b' }), 'invalidValue'],
    ['with half a surrogate pair', '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"\\ud800"}', 'invalidValue'],
    ['with a text for a list', aUser({ emails: 'b@example.com' }), 'invalidValue'],
    ['with a text that is no boolean', aUser({ active: 'perhaps' }), 'invalidValue'],
    ['of another schema', { schemas: [GROUP], userName: 'newcomer' }, 'invalidSyntax'],
  ])('%s is 400', async (_title, body, scimType) => {
    await expectRefused(() => send('POST', '/Users', body), { status: 400, scimType });
  });

  it('of a type that is no JSON is 415', async () => {
    await expectRefused(() => send('POST', '/Users', aUser({}), { 'Content-Type': 'text/plain' }), { status: 415 });
  });

  it.each([
    ['the gateway takes', 10 * 1024 * 1024],
    ['the endpoint takes', 5 * 1024 * 1024],
  ])('larger than %s is 413', async (_title, bytes) => {
    await expectRefused(() => send('POST', '/Users', aUser({ title: 'x'.repeat(bytes) })), { status: 413 });
  });

  it('with a userName that is taken is 409', async () => {
    await expectRefused(() => send('POST', '/Users', aUser({ userName: 'BJENSEN' })), { status: 409, scimType: 'uniqueness' });
  });

  it('with a __proto__ changes nothing but what it names otherwise', async () => {
    const before = await everything();

    const answer = await send(
      'PATCH',
      `/Users/${user}`,
      `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","value":{"__proto__":{"title":"polluted"},"constructor":{"prototype":{"title":"polluted"}}}}]}`,
    );

    expect([200, 204, 400]).toContain(answer.status);
    expect(await everything()).toEqual(before);
  });
});

describe('a PATCH', () => {
  it.each([
    ['of an attribute that no schema has', { op: 'replace', path: 'favouriteColour', value: 'red' }, 'invalidPath'],
    ['of __proto__', { op: 'add', path: '__proto__.title', value: 'polluted' }, 'invalidPath'],
    ['of constructor.prototype', { op: 'add', path: 'constructor.prototype.title', value: 'polluted' }, 'invalidPath'],
    ['of a path that cannot be parsed', { op: 'replace', path: 'emails[type eq', value: 'x' }, 'invalidPath'],
    ['that would change an id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['with a verb there is not', { op: 'upsert', path: 'title', value: 'x' }, 'invalidSyntax'],
    ['that removes everything', { op: 'remove' }, 'noTarget'],
    ['that removes the userName', { op: 'remove', path: 'userName' }, undefined],
    ['with a value of the wrong type', { op: 'replace', path: 'name', value: 7 }, 'invalidValue'],
  ])('%s is 400', async (_title, operation, scimType) => {
    await expectRefused(() => send('PATCH', `/Users/${user}`, patchOf(operation)), {
      status: 400,
      ...(scimType === undefined ? {} : { scimType }),
    });
  });

  it.each([MISSING, 'no-uuid', 'Unique#User', 'a\u0000b', '#', '%', 'x'.repeat(2_000)])(
    'that adds the member %j, whom nobody knows, is 400',
    async (value) => {
      await expectRefused(() => send('PATCH', `/Groups/${group}`, patchOf({ op: 'add', path: 'members', value: [{ value }] })), {
        status: 400,
      });
    },
  );

  it('whose second operation is wrong leaves the first undone', async () => {
    const operations = [
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'nothing', value: 'x' },
    ];

    await expectRefused(() => send('PATCH', `/Users/${user}`, patchOf(...operations)), { status: 400, scimType: 'invalidPath' });
  });

  it('of a version that is no longer is 412', async () => {
    const patch = patchOf({ op: 'replace', path: 'title', value: 'Boss' });

    await expectRefused(() => send('PATCH', `/Users/${user}`, patch, { 'If-Match': 'W/"99"' }), { status: 412 });
  });
});

describe('an id', () => {
  it.each([MISSING, 'no-uuid', '%00', 'a%23b', '%23', 'Unique%23User', '..%2f..', '%E2%82%AC', `${MISSING}%00`, 'x'.repeat(4_000)])(
    'that nobody has is 404: %s',
    async (id) => {
      await expectRefused(() => send('GET', `/Users/${id}`), { status: 404 });
      await expectRefused(() => send('PUT', `/Users/${id}`, aUser({})), { status: 404 });
      await expectRefused(() => send('PATCH', `/Groups/${id}`, patchOf({ op: 'replace', path: 'displayName', value: 'x' })), {
        status: 404,
      });
      await expectRefused(() => send('DELETE', `/Users/${id}`), { status: 404 });
    },
  );
});

describe('a filter', () => {
  it.each([
    'userName',
    'userName eq',
    'userName eq "a',
    'userName is "a"',
    'favouriteColour eq "red"',
    '__proto__ eq "a"',
    '(userName eq "a"',
    'userName eq "a" and',
    'emails[type eq "work"',
    'password eq "a"',
    `${'('.repeat(5_000)}userName eq "a"${')'.repeat(5_000)}`,
    `${'not ('.repeat(2_000)}title pr${')'.repeat(2_000)}`,
  ])('that cannot be understood is 400, never an empty list: %.40s', async (filter) => {
    await expectRefused(() => send('GET', `/Users?filter=${encodeURIComponent(filter)}`), { status: 400, scimType: 'invalidFilter' });
  });
});

describe('a query string', () => {
  it.each(['count=1&count=2', 'filter=title%20pr&filter=title%20pr', 'filter=%', 'startIndex=first', 'count=1.5'])(
    'of %s is 400',
    async (query) => {
      await expectRefused(() => send('GET', `/Users?${query}`), { status: 400 });
    },
  );
});

describe('a method', () => {
  it.each([
    ['PUT', '/Users', 'GET, POST'],
    ['DELETE', '/Groups', 'GET, POST'],
    ['POST', '/Users/{user}', 'GET, PUT, PATCH, DELETE'],
    ['PROPFIND', '/Users/{user}', 'GET, PUT, PATCH, DELETE'],
    ['POST', '/Schemas', 'GET'],
    ['DELETE', '/ServiceProviderConfig', 'GET'],
  ])('%s that %s does not take is 405, and says which it takes', async (method, path, allow) => {
    await expectRefused(() => send(method, path.replace('{user}', user)), { status: 405, headers: { allow } });
  });
});

describe('a path', () => {
  it.each(['/Nothings', '/Users/a/b', '/users', '/Me2', '/Schemas/urn:example:nothing', '/ResourceTypes/Nothing'])(
    'that leads nowhere is 404: %s',
    async (path) => {
      await expectRefused(() => send('GET', path), { status: 404 });
    },
  );

  it.each(['/Users/', '//Users', '/%20/Users', '/Users%20', '%20/Users'])('of a pasted URL is tolerated: %s', async (path) => {
    expect(await send('GET', path)).toMatchObject({ status: 200, body: { totalResults: 1 } });
  });
});

describe('a credential', () => {
  const PATHS = ['/Users', `/Users/${MISSING}`, '/Groups', '/Schemas', '/ServiceProviderConfig', '/Nothings', '', '/Users?filter=nonsense'];

  it.each([
    ['nobody has', 'Bearer scim_0000000000000000000000000000000000000000000000000'],
    ['that is no token', 'Bearer x'],
    ['of another kind', 'Basic dXNlcjpwYXNz'],
    ['that is empty', ''],
  ])('%s gets the same 401 on every path', async (_title, Authorization) => {
    const answers = await Promise.all(PATHS.map((path) => send('GET', path, undefined, { Authorization })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ schemas: [ERROR], status: '401' });
    expect(answers[0]?.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is judged before the method and the body', async () => {
    const answer = await send('PUT', '/Users', '{', { Authorization: 'Bearer x', 'Content-Type': 'text/plain' });

    expect(answer.status).toBe(401);
  });
});
