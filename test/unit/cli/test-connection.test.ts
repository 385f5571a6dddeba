import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { judgeAnswer } from '../../../cli/commands/connection/judge-answer.ts';
import { newToken } from '../../../src/access/token.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { conversationSchema } from '../../support/conversation-file.ts';

const TOKEN = newToken((size) => new Uint8Array(size).fill(7));
const LIST = { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 0, Resources: [] };
const refusal = (status: number, detail: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: `${status}`,
  detail,
});

type Reply = { readonly status?: number; readonly mediaType?: string; readonly body: unknown };

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Something at an address of this machine that answers everything alike, but for tokens, and keeps what it was asked. */
async function anEndpoint(reply: Reply = { body: LIST }, granting: Reply = { body: {} }) {
  const asked: IncomingMessage[] = [];
  const forms: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(request);
    if (request.method === 'POST') forms.push(await text(request));
    const { status = 200, mediaType = 'application/scim+json', body } = request.method === 'POST' ? granting : reply;
    response.writeHead(status, { 'content-type': mediaType }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/acme/scim/v2`, asked, forms };
}

/** Runs the command with a token on standard input. */
async function test(line: string, input = `${TOKEN}\n`) {
  const { scim, out, err, ...rest } = aTerminal({ input });
  const status = await scim(`test-connection --token-stdin ${line}`);
  return { status, out, err, all: [...out, ...err].join('\n'), ...rest };
}

describe('scim test-connection', () => {
  it('sends what the button does, each name a new one', async () => {
    const { url, asked } = await anEndpoint();
    const button = conversationSchema.parse(JSON.parse(await readFile(BUTTON, 'utf8')));
    const shapeOf = (path: string, query: URLSearchParams) => [path, [...query].toSorted().map(([name, value]) => [name, unnamed(value)])];

    const { status, err } = await test(`--url ${url}`);

    expect({ status, err }).toEqual({ status: 0, err: ['Test Connection would be green.'] });
    const sent = asked.map((request) => new URL(request.url ?? '', url)).toSorted((a, b) => b.pathname.localeCompare(a.pathname));
    expect(sent.map(({ pathname, searchParams }) => shapeOf(pathname.replace('/acme/scim/v2', ''), searchParams))).toEqual(
      button.exchanges.map(({ request: { path, query } }) => shapeOf(path, new URLSearchParams(query))),
    );
    expect(new Set(sent.flatMap(({ search }) => search.match(UUID))).size).toBe(2);
  });

  it('sends the token, and no User-Agent', async () => {
    const { url, asked } = await anEndpoint();

    await test(`--url ${url}`, ` ${TOKEN} \r\n`);

    expect(asked.map(({ method, headers }) => [method, headers.authorization, headers['user-agent']])).toEqual([
      ['GET', `Bearer ${TOKEN}`, undefined],
      ['GET', `Bearer ${TOKEN}`, undefined],
    ]);
  });

  it('takes a flag and a slash behind the URL along, and another matching attribute', async () => {
    const { url, asked } = await anEndpoint();

    await test(`--url ${url}/?aadOptscim062020 --matching externalId`);

    expect(asked.map((request) => request.url).toSorted()).toEqual([
      expect.stringMatching(/^\/acme\/scim\/v2\/Groups\?aadOptscim062020&excludedAttributes=members&filter=displayName\+eq\+/),
      expect.stringMatching(/^\/acme\/scim\/v2\/Users\?aadOptscim062020&filter=externalId\+eq\+/),
    ]);
  });

  it('prints findings and a verdict as JSON, and nothing beside them', async () => {
    const { url } = await anEndpoint();

    const { out, err } = await test(`--url ${url} --json`);

    expect(err).toEqual([]);
    expect(JSON.parse(out.join(''))).toEqual({
      tenantUrl: url,
      isGreen: true,
      findings: [
        { check: 'url', verdict: 'note', says: `${url} can be reached from this machine only` },
        { check: 'token', verdict: 'good', says: '54 characters, in one line' },
        { check: 'users', verdict: 'good', says: '200, an empty list' },
        { check: 'groups', verdict: 'good', says: '200, an empty list' },
      ],
    });
  });

  it.each<[string, Reply, RegExp, RegExp]>([
    ['a token that is not accepted', { status: 401, body: refusal(401, 'No.') }, /401: No\./, /scim token list/],
    [
      'an application that may not',
      { status: 403, body: refusal(403, 'Not you (request 1).') },
      /403: Not you \(request 1\)/,
      /scim app show/,
    ],
    ['a path that is not served', { status: 404, body: refusal(404, 'None.') }, /404: None\./, /Nothing is served under this path/],
    ['too many requests', { status: 429, body: refusal(429, 'Later.') }, /429: Later\./, /in a minute/],
    ['a service that is busy', { status: 503, body: refusal(503, 'Busy.') }, /503: Busy\./, /in a minute/],
    ['a failure', { status: 500, body: refusal(500, 'Oh.') }, /500: Oh\./, /id of the request in the log/],
    ['a gateway without such a stage', { status: 403, body: { message: 'Forbidden' } }, /403, and no error of SCIM/, /before it/],
    ['a redirect', { status: 302, body: '' }, /302, and no error of SCIM/, /Compare the URL/],
    ['a page for people', { mediaType: 'text/html', body: '<html>' }, /200, and no list of SCIM \(text\/html\)/, /compare the URL/],
    ['an object that is no list', { body: { schemas: [] } }, /200, and no list of SCIM/, /compare the URL/],
    ['another media type', { mediaType: 'application/json', body: LIST }, /as application\/json in place of/, /on the way/],
    ['a filter that is passed over', { body: { ...LIST, totalResults: 3 } }, /3 were found by a random name/, /on the way/],
  ])('is red at %s, says so and what to do', async (_title, reply, says, todo) => {
    const { url } = await anEndpoint(reply);

    const { status, all } = await test(`--url ${url}`);

    expect(status).toBe(1);
    expect(all).toMatch(says);
    expect(all).toMatch(todo);
    expect(all).toMatch(/Test Connection would be red\.$/);
  });

  it('is red where nobody answers', async () => {
    const { status, all } = await test('--url http://127.0.0.1:1/scim');

    expect(status).toBe(1);
    expect(all).toMatch(/no answer came \(ECONNREFUSED\)[\s\S]*npm start/);
  });

  it.each([
    ['ENOTFOUND', /There is no such host/],
    ['TIMEOUT', /too long/],
    ['CERT_HAS_EXPIRED', /certificate is not one that clients trust/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate is not one that clients trust/],
    ['ECONNRESET', /See that the stack is deployed/],
  ])('says what to do where no answer came for the reason %s', (reason, todo) => {
    const finding = judgeAnswer('users', { kind: 'silent', reason });

    expect(finding).toMatchObject({ verdict: 'wrong', says: `no answer came (${reason})`, todo: expect.stringMatching(todo) });
  });

  it.each([
    ['no-url', TOKEN, /no URL: it begins with https/],
    ['ftp://scim.example.com/x', TOKEN, /no URL: it begins with https/],
    ['http://scim.example.com/x', TOKEN, /whoever is on the way can read the token/],
    ['https://ada:secret@scim.example.com/x', TOKEN, /a name or a password stands in the URL/],
    ['HERE/Users/', TOKEN, /ends in \/Users, which clients put behind it/],
    ['HERE', `Bearer ${TOKEN}`, /"Bearer" stands before it/],
    ['HERE', `${TOKEN}\n${TOKEN}`, /blanks, line breaks or letters that none has/],
    ['HERE', TOKEN.slice(0, -3), /cut off or mistyped: it has 51 characters/],
  ])('sends nothing where %s was pasted with a token of its kind', async (pasted, token, says) => {
    const { url, asked } = await anEndpoint();

    const { status, all } = await test(`--url ${pasted.replace('HERE', url)}`, token);

    expect(status).toBe(1);
    expect(all).toMatch(says);
    expect(all).not.toContain(token.slice(7));
    expect(all).not.toContain('secret');
    expect(asked).toEqual([]);
  });

  it('asks for the token where somebody sits, and shows nothing of it', async () => {
    const { url } = await anEndpoint();
    const { scim, out, err, questions } = aTerminal({ typed: [TOKEN] });

    const status = await scim(`test-connection --url ${url}`);

    expect(status).toBe(0);
    expect(questions).toEqual(['Secret Token: ']);
    expect([...out, ...err].join('\n')).not.toContain(TOKEN.slice(5));
  });

  it.each([
    ['--url https://a.example/x --local', 2, /--url says all there is to know/],
    ['--url https://a.example/x --tenant acme', 2, /--url says all there is to know/],
    ['', 2, /--local .* or --tenant NAME/],
    ['--local', 1, /The Tenant URL is not known here/],
    ['--local --matching=', 2, /--matching takes the path of an attribute/],
  ])('refuses "%s" with status %i', async (line, expected, says) => {
    const { status, all } = await test(line);

    expect(status).toBe(expected);
    expect(all).toMatch(says);
  });

  it('is refused where the token is empty, and where nobody can be asked for it', async () => {
    const empty = await test('--url https://a.example/x', '\n');
    const { scim, err } = aTerminal();

    expect(await scim('test-connection --url https://a.example/x')).toBe(2);

    expect(empty).toMatchObject({ status: 1, err: ['The Secret Token is empty: nothing has been changed.'] });
    expect(err.join('')).toMatch(/with --token-stdin/);
  });
});

describe('scim test-connection for a client of OAuth 2.0', () => {
  it('exchanges the secret as Entra ID does, and asks with what it got', async () => {
    const { url, asked, forms } = await anEndpoint({ body: LIST }, { body: { access_token: 'at', expires_in: 3_600 } });

    const { status, out, all } = await test(`--url ${url}/?flag --client-id c1`);

    expect(status).toBe(0);
    expect(out).toContainEqual(expect.stringMatching(/^ok +access token +good for 60 minutes$/));
    expect(asked.map((request) => [request.method, request.headers.authorization])).toEqual([
      ['POST', undefined],
      ['GET', 'Bearer at'],
      ['GET', 'Bearer at'],
    ]);
    expect(asked[0]).toMatchObject({
      url: '/acme/scim/v2/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(Object.fromEntries(new URLSearchParams(forms[0]))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'c1',
      client_secret: TOKEN,
    });
    expect(all).not.toContain(TOKEN.slice(5));
  });

  it('asks for the client secret by its name, and exchanges it where it is told to', async () => {
    const { url, asked } = await anEndpoint({ body: LIST }, { body: { access_token: 'at', expires_in: 60 } });
    const { scim, out, questions } = aTerminal({ typed: [TOKEN] });

    const status = await scim(`test-connection --url ${url} --client-id c1 --token-endpoint ${url.replace('/acme/scim/v2', '/token')}`);

    expect(status).toBe(0);
    expect(questions).toEqual(['Client Secret: ']);
    expect(asked[0]?.url).toBe('/token');
    expect(out).toContainEqual(expect.stringMatching(/^note +access token +good for 1 minutes, where Entra ID wants 60 to 360$/));
  });

  it.each<[string, Reply, RegExp, RegExp]>([
    [
      'a wrong secret',
      { status: 401, body: { error: 'invalid_client', error_description: 'No.' } },
      /401 invalid_client: No\./,
      /scim client list/,
    ],
    ['an application that is off', { status: 400, body: { error: 'unauthorized_client' } }, /no reason was given/, /scim app show/],
    ['a vault out of reach', { status: 503, body: { error: 'temporarily_unavailable' } }, /503 temporarily_unavailable/, /in a minute/],
    ['a page for people', { mediaType: 'text/html', body: '<html>' }, /200, and no answer of a token endpoint/, /before it/],
    ['an answer without a token', { body: { token_type: 'Bearer' } }, /200, and no answer of a token endpoint/, /before it/],
  ])('is red at %s, and asks nothing more', async (_title, granting, says, todo) => {
    const { url, asked } = await anEndpoint({ body: LIST }, granting);

    const { status, all } = await test(`--url ${url} --client-id c1`);

    expect(status).toBe(1);
    expect(all).toMatch(says);
    expect(all).toMatch(todo);
    expect(asked).toHaveLength(1);
  });

  it('is red where nobody answers at the token endpoint', async () => {
    const { url, asked } = await anEndpoint();

    const { status, all } = await test(`--url ${url} --client-id c1 --token-endpoint http://127.0.0.1:1/token`);

    expect(status).toBe(1);
    expect(all).toMatch(/no answer came from http:\/\/127\.0\.0\.1:1\/token \(ECONNREFUSED\)/);
    expect(asked).toEqual([]);
  });

  it('sends nothing to a token endpoint that is no place for a secret', async () => {
    const { url, asked } = await anEndpoint();

    const { status, all } = await test(`--url ${url} --client-id c1 --token-endpoint http://login.example.com/token`);

    expect(status).toBe(1);
    expect(all).toMatch(/WRONG +token endpoint +the URL begins with http:/);
    expect(asked).toEqual([]);
  });

  it('takes no token endpoint for a token', async () => {
    const { status, all } = await test('--url https://a.example/x --token-endpoint https://a.example/t');

    expect(status).toBe(2);
    expect(all).toMatch(/--token-endpoint goes with --client-id/);
  });
});

const BUTTON = join(import.meta.dirname, '../../conversations/entra/01-test-connection.json');
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const unnamed = (text: string): string => text.replace(UUID, '…');
