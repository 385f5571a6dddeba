import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GROUP, patchOf, type ScimClient, scimClient, USER } from '../support/local-client.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

const AT_ONCE = 50;
const numbers = Array.from({ length: AT_ONCE }, (_, n) => n);

let folder: TemporaryFolder;
let server: LocalServer;
let send: ScimClient;

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startLocalServer(folder.path);
  send = scimClient(server, server.token ?? '');
}, 30_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await folder[Symbol.asyncDispose]();
}, 30_000);

describe('50 requests at once', () => {
  it('that create one userName in mixed case make one user and 49 uniqueness refusals', async () => {
    const mixed = (n: number): string => (n % 2 === 0 ? 'Race@Example.com' : 'rACE@eXAMPLE.COM');

    const answers = await Promise.all(numbers.map((n) => send('POST', '/Users', { schemas: [USER], userName: mixed(n) })));
    const { body } = await send('GET', '/Users?filter=userName%20eq%20%22race@example.com%22');

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status, body: error }) => status === 409 && error['scimType'] === 'uniqueness')).toHaveLength(AT_ONCE - 1);
    expect(body['totalResults']).toBe(1);
  }, 30_000);

  it('that each add another member to one group leave 50 members', async () => {
    const users = await Promise.all(numbers.map((n) => send('POST', '/Users', { schemas: [USER], userName: `member-${n}` })));
    const ids = users.map(({ body }) => String(body['id']));
    const group = await send('POST', '/Groups', { schemas: [GROUP], displayName: 'Everyone' });
    const path = `/Groups/${group.body['id']}`;

    const answers = await Promise.all(ids.map((value) => send('PATCH', path, patchOf({ op: 'add', path: 'members', value: [{ value }] }))));
    const { body } = await send('GET', path);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(body['members']).toHaveLength(AT_ONCE);
    expect(body['members']).toEqual(expect.arrayContaining(ids.map((value) => expect.objectContaining({ value }))));
  }, 30_000);

  it('that change different attributes of one user all take effect', async () => {
    const attributes = ['title', 'nickName', 'displayName', 'userType', 'locale', 'timezone', 'preferredLanguage', 'profileUrl'];
    const user = await send('POST', '/Users', { schemas: [USER], userName: 'busy' });
    const path = `/Users/${user.body['id']}`;
    const wanted = (attribute: string): string => (attribute === 'profileUrl' ? 'https://example.com/busy' : 'en');

    const answers = await Promise.all(
      attributes.map((attribute) => send('PATCH', path, patchOf({ op: 'replace', path: attribute, value: wanted(attribute) }))),
    );
    const { body } = await send('GET', path);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(body).toMatchObject(Object.fromEntries(attributes.map((attribute) => [attribute, wanted(attribute)])));
  }, 30_000);
});
