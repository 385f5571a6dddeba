import { beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_OPERATIONS } from '../../src/scim/patch/request.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let endpoint: Endpoint;
// biome-ignore lint/suspicious/noExplicitAny: the answer of the endpoint, looked into at many places
let claims: any;

beforeAll(async () => {
  endpoint = await openEndpoint();
  claims = (await endpoint.send('GET', '/ServiceProviderConfig')).json;
});

async function createUser(userName: string, rest: object = {}): Promise<{ readonly path: string; readonly version: string }> {
  const { status, json } = await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName, ...rest } });
  expect(status).toBe(201);
  return { path: `/Users/${json.id}`, version: json.meta.version };
}

describe('what ServiceProviderConfig claims', () => {
  it('is of these features, each of which has a test', () => {
    const about = ['schemas', 'meta', 'documentationUri'];

    expect(Object.keys(claims).filter((name) => !about.includes(name))).toEqual([
      'patch',
      'bulk',
      'filter',
      'changePassword',
      'sort',
      'etag',
      'pagination',
      'authenticationSchemes',
    ]);
  });

  it('patch: as many operations as are documented, and with one more nothing is changed', async () => {
    const { path, version } = await createUser('patched');
    const operations = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ op: 'replace', path: 'title', value: `title ${index}` }));
    const patch = (count: number) => endpoint.send('PATCH', path, { body: { schemas: [PATCH], Operations: operations(count) } });

    const past = await patch(MAX_OPERATIONS + 1);
    const between = await endpoint.send('GET', path);
    const most = await patch(MAX_OPERATIONS);

    expect(claims.patch).toEqual({ supported: true });
    expect(past).toMatchObject({
      status: 400,
      json: { scimType: 'invalidSyntax', detail: expect.stringContaining(String(MAX_OPERATIONS)) },
    });
    expect(between.json.meta.version).toBe(version);
    expect(most).toMatchObject({ status: 200, json: { title: `title ${MAX_OPERATIONS - 1}` } });
  });

  it('etag: the version of a resource is good for a change, and the one before is not', async () => {
    const { path, version } = await createUser('versioned');
    const rename = (title: string) =>
      endpoint.send('PATCH', path, {
        headers: { 'If-Match': version },
        body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'title', value: title }] },
      });

    const first = await rename('first');
    const second = await rename('second');
    const unchanged = await endpoint.send('GET', path, { headers: { 'If-None-Match': first.headers['etag'] ?? '' } });

    expect(claims.etag).toEqual({ supported: true });
    expect([first.status, second.status, unchanged.status]).toEqual([200, 412, 304]);
    expect((await endpoint.send('GET', path)).json.title).toBe('first');
  });

  it('changePassword: none is kept, so a password changes nothing and is nowhere to be seen', async () => {
    const { path, version } = await createUser('secretive', { password: 'canary-Pa55' });

    const replaced = await endpoint.send('PATCH', path, {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'password', value: 'canary-Pa66' }] },
    });
    const read = await endpoint.send('GET', path, { query: { attributes: 'password' } });

    expect(claims.changePassword).toEqual({ supported: false });
    expect(replaced.json.meta.version).toBe(version);
    expect(JSON.stringify([replaced, read, endpoint.lines])).not.toContain('canary');
  });

  it('authenticationSchemes: a bearer token is taken, and nothing else', async () => {
    const ask = (authorization: string) => endpoint.send('GET', '/Users', { headers: { Authorization: authorization } });

    expect(claims.authenticationSchemes).toMatchObject([{ type: 'oauthbearertoken' }, { type: 'oauth2' }]);
    expect((await ask('Basic YWRhOmNhbmFyeQ==')).status).toBe(401);
    expect((await endpoint.send('GET', '/Users')).status).toBe(200);
  });
});
