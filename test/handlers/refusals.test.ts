import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const NOBODY = '0197f000-0000-7000-8000-000000000000';

let endpoint: Endpoint;
let ada: string;

const patched = (operation: object) => ({ schemas: [PATCH], Operations: [operation] });

beforeAll(async () => {
  endpoint = await openEndpoint();
  ada = (await endpoint.send('POST', '/Users', { body: { schemas: [USER], userName: 'ada', displayName: 'Ada' } })).json.id;
});

describe('a refusal', () => {
  it('is the same 401 on every path and method, to the byte', async () => {
    const answers = await Promise.all([
      endpoint.send('GET', '/Users', { token: undefined }),
      endpoint.send('GET', '/Users', { token: 'wrong', query: { filter: ['broken', 'twice'] } }),
      endpoint.send('POST', '/Groups', { token: 'wrong', text: '{' }),
      endpoint.send('DELETE', `/Users/${ada}`, { token: 'wrong' }),
      endpoint.send('GET', '/no/such/path', { token: 'wrong' }),
      endpoint.send('OPTIONS', '/Schemas', { token: '' }),
    ]);

    for (const { status, text, headers } of answers) {
      expect(status).toBe(401);
      expect(text).toBe(answers[0]?.text);
      expect(headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it.each([
    ['JSON that ends too soon', 'POST', '/Users', { text: '{"schemas": [' }, 400, 'invalidSyntax'],
    ['a body that is no object', 'POST', '/Users', { text: '[]' }, 400, 'invalidSyntax'],
    ['no body', 'POST', '/Users', {}, 400, 'invalidSyntax'],
    ['another content type', 'POST', '/Users', { text: 'a=b', headers: { 'content-type': 'text/plain' } }, 415, undefined],
    ['a body over the limit', 'POST', '/Users', { text: `"${'x'.repeat(1024 * 1024)}"` }, 413, undefined],
    ['500,000 nested brackets', 'POST', '/Users', { text: '['.repeat(500_000) }, 400, 'invalidSyntax'],
    ['no userName', 'POST', '/Users', { body: { schemas: [USER] } }, 400, 'invalidValue'],
    ['a value of the wrong type', 'POST', '/Users', { body: { schemas: [USER], userName: 'x', name: 'Ada' } }, 400, 'invalidValue'],
    ['a filter nobody can read', 'GET', '/Users', { query: { filter: 'userName is ada' } }, 400, 'invalidFilter'],
    ['a filter on an unknown attribute', 'GET', '/Users', { query: { filter: 'shoeSize eq 43' } }, 400, 'invalidFilter'],
    ['a filter on the password', 'GET', '/Users', { query: { filter: 'password eq "x"' } }, 400, 'invalidFilter'],
    ['an empty filter', 'GET', '/Users', { query: { filter: '' } }, 400, 'invalidFilter'],
    [
      '5,000 parentheses',
      'GET',
      '/Users',
      { query: { filter: `${'('.repeat(5_000)}userName pr${')'.repeat(5_000)}` } },
      400,
      'invalidFilter',
    ],
    ['a parameter given twice', 'GET', '/Users', { query: { count: ['1', '2'] } }, 400, undefined],
    ['a count that is no number', 'GET', '/Users', { query: { count: 'many' } }, 400, 'invalidValue'],
    ['an id nobody has', 'GET', `/Users/${NOBODY}`, {}, 404, undefined],
    ['an id that is none', 'GET', '/Users/ada@example.com', {}, 404, undefined],
    ['NUL in an id', 'GET', '/Users/a\u0000b', {}, 404, undefined],
    ['# in an id', 'GET', '/Users/a#b', {}, 404, undefined],
    ['a path nobody serves', 'GET', '/Devices', {}, 404, undefined],
    ['a method the path does not take', 'DELETE', '/Users', {}, 405, undefined],
    ['a filter on discovery', 'GET', '/Schemas', { query: { filter: 'id pr' } }, 403, undefined],
  ] as const)('answers %s with a SCIM error', async (_what, method, path, sent, status, scimType) => {
    const answer = await endpoint.send(method, path, sent);

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/scim+json');
    expect(answer.json).toMatchObject({ schemas: [ERROR], status: String(status) });
    expect(answer.json.scimType).toBe(scimType);
    expect(answer.json.detail).toContain(`(request ${answer.headers['x-request-id']})`);
  });

  it.each([
    ['an unknown attribute in the path', { op: 'replace', path: 'shoeSize', value: 43 }, 'invalidPath'],
    ['__proto__ in the path', { op: 'replace', path: '__proto__.admin', value: true }, 'invalidPath'],
    ['constructor in the path', { op: 'add', path: 'constructor.prototype.admin', value: true }, 'invalidPath'],
    ['a readOnly attribute', { op: 'replace', path: 'meta.created', value: '2020-01-01T00:00:00Z' }, 'mutability'],
    ['a value of the wrong type', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['an operation nobody knows', { op: 'move', path: 'displayName', value: 'x' }, 'invalidSyntax'],
    ['a path nobody can read', { op: 'replace', path: 'emails[type eq', value: 'x' }, 'invalidPath'],
    ['remove without a path', { op: 'remove' }, 'noTarget'],
    ['the required userName removed', { op: 'remove', path: 'userName' }, expect.stringMatching(/mutability|invalidValue/)],
  ])('answers a PATCH of %s with 400 and changes nothing', async (_what, operation, scimType) => {
    const before = await endpoint.send('GET', `/Users/${ada}`);

    const { status, json } = await endpoint.send('PATCH', `/Users/${ada}`, {
      body: { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: 'changed' }, operation] },
    });

    expect(status).toBe(400);
    expect(json.scimType).toEqual(scimType);
    expect((await endpoint.send('GET', `/Users/${ada}`)).text).toBe(before.text);
  });

  it('leaves __proto__ in a value without any effect', async () => {
    const text = `{"schemas":["${USER}"],"userName":"proto","__proto__":{"admin":true},"name":{"__proto__":{"admin":true},"givenName":"P"}}`;

    const { status, json } = await endpoint.send('POST', '/Users', { text });

    expect(status).toBe(201);
    expect(json.name).toEqual({ givenName: 'P' });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('names the methods a path takes', async () => {
    expect((await endpoint.send('PUT', '/Users')).headers['allow']).toBe('GET, POST');
  });

  it('says 412 when If-Match names another version, and changes nothing', async () => {
    const { headers } = await endpoint.send('GET', `/Users/${ada}`);
    const stale = { 'If-Match': 'W/"99"' };

    const answers = [
      await endpoint.send('PATCH', `/Users/${ada}`, { body: patched({ op: 'replace', path: 'title', value: 'x' }), headers: stale }),
      await endpoint.send('PUT', `/Users/${ada}`, { body: { schemas: [USER], userName: 'other' }, headers: stale }),
      await endpoint.send('DELETE', `/Users/${ada}`, { headers: stale }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([412, 412, 412]);
    expect((await endpoint.send('GET', `/Users/${ada}`)).headers['etag']).toBe(headers['etag']);
  });

  it('says 304 when If-None-Match names the version there is', async () => {
    const { headers } = await endpoint.send('GET', `/Users/${ada}`);

    const again = await endpoint.send('GET', `/Users/${ada}`, { headers: { 'If-None-Match': headers['etag'] ?? '' } });

    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it('is opaque when it was nobody’s intention, and the log has no message', async () => {
    const broken = await openEndpoint({
      services: { policyOf: () => Promise.reject(new RangeError('ada@example.com')) },
    });

    const { status, json } = await broken.send('GET', '/Users');

    expect(status).toBe(500);
    expect(json.detail).toMatch(/^The server met an unexpected condition\. \(request [0-9a-f-]+\)$/);
    expect(broken.lines).toContainEqual(expect.objectContaining({ event: 'unexpectedError', names: ['RangeError'] }));
    expect(JSON.stringify(broken.lines)).not.toContain('ada@');
  });
});
