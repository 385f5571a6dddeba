import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { adminEndpoint } from '../../local/admin-endpoint.ts';
import { createGateway, type Handler } from '../../local/gateway/gateway.ts';
import { type Listener, listen } from '../../local/listener.ts';
import { type RequestLine, requestListener } from '../../local/request-listener.ts';
import { sendHttp } from '../support/local-http.ts';

const ECHO: Handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({ method: event.httpMethod, bytes: event.body?.length ?? 0 }),
});

let listener: Listener | undefined;
const lines: RequestLine[] = [];

async function serve(handler: Handler): Promise<string> {
  listener = await listen(0);
  const gateway = createGateway({
    tenant: {
      name: 't',
      stage: 't',
      basePath: '',
      retentionDays: 30,
      audit: { identifiers: 'plain' as const },
      events: { values: 'none' as const, retentionDays: 30 },
    },
    handlers: { users: handler, groups: handler, bulk: handler, discovery: handler, token: handler, events: handler, 'catch-all': handler },
    newRequestId: () => 'r-1',
    onCrash: () => {},
  });
  const admin = adminEndpoint('k3y', async (request) => ({ ok: true, result: request }));
  listener.serve(requestListener({ gateway, admin, say: (line) => lines.push(line) }));
  return `http://127.0.0.1:${listener.port}`;
}

afterEach(async () => {
  await listener?.close();
  listener = undefined;
  lines.length = 0;
});

describe('local server', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])('hands %s to the function', async (method) => {
    const url = await serve(ECHO);

    const { text } = await sendHttp({ method, url: `${url}/t/Users` });

    expect(JSON.parse(text)).toMatchObject({ method });
  });

  it('answers HEAD without a body', async () => {
    const url = await serve(ECHO);

    expect(await sendHttp({ method: 'HEAD', url: `${url}/t/Users` })).toMatchObject({ status: 200, text: '' });
  });

  it('writes neither body nor length with 204', async () => {
    const url = await serve(async () => ({ statusCode: 204, body: 'x' }));

    const { status, headers, text } = await sendHttp({ method: 'GET', url: `${url}/t/Users` });

    expect({ status, text, length: headers['content-length'] }).toEqual({ status: 204, text: '', length: undefined });
  });

  it('takes a body of 10 MB and refuses one byte more, announced or not', async () => {
    const url = await serve(ECHO);
    const limit = 10 * 1024 * 1024;
    const post = (bytes: number, headers: Readonly<Record<string, string>> = {}) =>
      sendHttp({ method: 'POST', url: `${url}/t/Users`, headers, body: Buffer.alloc(bytes, 'x') });

    const taken = await post(limit);
    const refused = await post(limit + 1);

    expect(JSON.parse(taken.text)).toMatchObject({ bytes: limit });
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.text)).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '413' });
    expect((await postChunked(url, limit + 1)).split('\r\n')[0]).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('takes a URL longer than clients send, and answers one beyond all measure with a SCIM error', async () => {
    const url = await serve(ECHO);
    const get = (characters: number) => sendHttp({ method: 'GET', url: `${url}/t/Users?filter=${'%28'.repeat(characters)}` });

    const taken = await get(20_000);
    const refused = await get(100_000);

    expect(taken.status).toBe(200);
    expect(refused.status).toBe(431);
    expect(JSON.parse(refused.text)).toMatchObject({ status: '431' });
  });

  it('answers what is no HTTP with a SCIM error', async () => {
    const url = await serve(ECHO);

    expect(await converse(url, 'HELO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/scim\+json\r\n/);
  });

  it('says of a request only what the client did not write', async () => {
    const url = await serve(ECHO);

    await sendHttp({ method: 'GET', url: `${url}/t/Users/bjensen?filter=babs` });

    expect(lines).toEqual([{ method: 'GET', resource: '/Users/{id}', status: 200, ms: expect.any(Number) }]);
  });

  it('asks clients to come back while it is still starting', async () => {
    listener = await listen(0);

    const { status, headers } = await sendHttp({ method: 'GET', url: `http://127.0.0.1:${listener.port}/t/Users` });

    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: '1' });
  });

  it('lets a request under way finish before it closes', async () => {
    const entered = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const url = await serve(async () => {
      entered.resolve();
      await goOn.promise;
      return { statusCode: 200, body: 'done' };
    });

    const answer = sendHttp({ method: 'GET', url: `${url}/t/Users` });
    await entered.promise;
    const closed = listener?.close();
    goOn.resolve();

    expect((await answer).text).toBe('done');
    await closed;
    listener = undefined;
  });

  it('does not wait for connections on which nothing is under way', async () => {
    const url = await serve(ECHO);
    const { hostname, port } = new URL(url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    await (await fetch(`${url}/t/Users`)).text();
    const cut = once(silent, 'close');

    await listener?.close();

    await cut;
    listener = undefined;
  });

  it('names the port that is in use, and another', async () => {
    await serve(ECHO);

    await expect(listen(listener?.port ?? 0)).rejects.toMatchObject({ name: 'StartRefusal', message: expect.stringContaining('in use') });
  });
});

describe('administration', () => {
  const post = (url: string, headers: Readonly<Record<string, string>>, body = '{"act":"token.list"}') =>
    sendHttp({ method: 'POST', url: `${url}/.admin`, headers, body });

  it('hands the body to the admin function for whoever has the key', async () => {
    const url = await serve(ECHO);

    const { status, text } = await post(url, { authorization: 'Bearer k3y' });

    expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { ok: true, result: { act: 'token.list' } } });
  });

  it.each([
    ['no key', {}],
    ['another key', { authorization: 'Bearer k3z' }],
    ['the key and a foreign host name', { authorization: 'Bearer k3y', host: 'evil.example' }],
  ])('refuses a call with %s', async (_title, headers) => {
    const url = await serve(ECHO);

    const { status, headers: answered } = await post(url, headers);

    expect(status).toBe(401);
    expect(answered['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    ['GET', '', 405],
    ['POST', '{', 400],
  ])('refuses %s with the body "%s"', async (method, body, status) => {
    const url = await serve(ECHO);

    const answer = await sendHttp({ method, url: `${url}/.admin`, headers: { authorization: 'Bearer k3y' }, body });

    expect(answer.status).toBe(status);
  });
});

/** Sends a body without announcing its length. */
const postChunked = (url: string, bytes: number): Promise<string> =>
  converse(
    url,
    `POST /t/Users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${bytes.toString(16)}\r\n`,
    Buffer.alloc(bytes, 'x'),
    '\r\n0\r\n\r\n',
  );

/** Writes the parts as they stand, and returns everything that comes back. */
async function converse(url: string, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}
