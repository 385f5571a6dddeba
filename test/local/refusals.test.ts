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
}, 30_000);

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
/** Encodes parentheses too, as many clients do and `encodeURIComponent` does not. */
const percent = (text: string): string => encodeURIComponent(text).replaceAll('(', '%28').replaceAll(')', '%29');

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
    ['with a number for a list', aUser({ emails: 7 }), 'invalidValue'],
    ['with a text that is no boolean', aUser({ active: 'perhaps' }), 'invalidValue'],
    ['of another schema', { schemas: [GROUP], userName: 'newcomer' }, 'invalidValue'],
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

  it.each([
    ['a UUID', MISSING],
    ['no UUID', 'no-uuid'],
    ['the shape of a key', 'Unique#User'],
    ['a NUL', 'a\u0000b'],
    ['a number sign', '#'],
    ['a per cent sign', '%'],
    ['2,000 characters', 'x'.repeat(2_000)],
  ])('that adds a member nobody knows is 400, its id being %s', async (_title, value) => {
    const operation = { op: 'add', path: 'members', value: [{ value }] };

    await expectRefused(() => send('PATCH', `/Groups/${group}`, patchOf(operation)), { status: 400 });
  });

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
  it.each([
    ['a UUID', MISSING],
    ['no UUID', 'no-uuid'],
    ['a NUL', '%00'],
    ['a UUID and a NUL', `${MISSING}%00`],
    ['a number sign', 'a%23b'],
    ['the shape of a key', 'Unique%23User'],
    ['a way up', '..%2f..'],
    ['a euro sign', '%E2%82%AC'],
    ['4,000 characters', 'x'.repeat(4_000)],
  ])('that nobody has is 404, being %s', async (_title, id) => {
    await expectRefused(() => send('GET', `/Users/${id}`), { status: 404 });
    await expectRefused(() => send('PUT', `/Users/${id}`, aUser({})), { status: 404 });
    await expectRefused(() => send('PATCH', `/Groups/${id}`, patchOf({ op: 'replace', path: 'displayName', value: 'x' })), { status: 404 });
    await expectRefused(() => send('DELETE', `/Users/${id}`), { status: 404 });
  });
});

describe('a filter', () => {
  it.each([
    ['without an operator', 'userName'],
    ['without a value', 'userName eq'],
    ['with an open text', 'userName eq "a'],
    ['with an operator there is not', 'userName is "a"'],
    ['on an attribute there is not', 'favouriteColour eq "red"'],
    ['on __proto__', '__proto__ eq "a"'],
    ['with an open parenthesis', '(userName eq "a"'],
    ['that breaks off', 'userName eq "a" and'],
    ['with an open bracket', 'emails[type eq "work"'],
    ['on a password', 'password eq "a"'],
    ['with 5,000 parentheses', `${'('.repeat(5_000)}userName eq "a"${')'.repeat(5_000)}`],
    ['with 1,500 times not', `${'not ('.repeat(1_500)}title pr${')'.repeat(1_500)}`],
  ])('%s is 400, never an empty list', async (_title, filter) => {
    await expectRefused(() => send('GET', `/Users?filter=${percent(filter)}`), { status: 400, scimType: 'invalidFilter' });
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
    expect(await send('GET', path)).toMatchObject({
      status: 200,
      body: { Resources: expect.arrayContaining([expect.objectContaining({ id: user })]) },
    });
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
