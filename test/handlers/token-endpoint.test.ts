import { describe, expect, it } from '@jest/globals';
import { policySchema } from '../../src/access/policy.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { aToken, listOf } from '../support/access-memory.ts';
import { aClient, CLIENT_ID, openTokenEndpoint } from '../support/token-endpoint.ts';

const MINUTE = 60_000;
const secretOf = (seed: number) => ({ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: aToken(seed) });
const basic = (id: string, secret: string) => ({ Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });

describe('the token endpoint', () => {
  it('gives an access token out for a client secret, which every handler then takes (RFC 6749 §5.1)', async () => {
    const { ask, call } = openTokenEndpoint([aClient(1, { application: 'hr', scope: 'read' })]);

    const { status, headers, body } = await ask(secretOf(1));

    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3_600, scope: 'read' });
    await expect(call(body['access_token'] ?? '')).resolves.toEqual({ application: 'hr', credential: 'c1', scope: 'read' });
  });

  it('takes id and secret from the Basic header, form-encoded (RFC 6749 §2.3.1)', async () => {
    const { ask } = openTokenEndpoint([aClient(1, { clientId: 'a client:1%' })]);

    const { status } = await ask({ grant_type: 'client_credentials' }, { headers: basic('a+client%3A1%25', aToken(1)) });

    expect(status).toBe(200);
  });

  it('takes a body that the gateway hands over in base64, and a content type with a charset', async () => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const { status } = await ask(secretOf(1), { base64: true, contentType: 'application/x-www-form-urlencoded; charset=UTF-8' });

    expect(status).toBe(200);
  });

  it('passes over parameters it does not know, and the scope that is asked for', async () => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const { status, body } = await ask({ ...secretOf(1), scope: 'scim.readwrite', baseAddress: 'https://scim.example.com' });

    expect([status, body['scope']]).toEqual([200, 'full']);
  });

  it('takes a secret that was made since the list was read, within 10 seconds', async () => {
    const { ask, vault, wait } = openTokenEndpoint([aClient(1)]);
    await ask(secretOf(1));
    vault.list = listOf(aClient(1), aClient(2));

    wait(10_000);

    expect((await ask(secretOf(2))).status).toBe(200);
  });

  it('takes each live secret of a client', async () => {
    const { ask } = openTokenEndpoint([aClient(1), aClient(2)]);

    expect((await ask(secretOf(1))).status).toBe(200);
    expect((await ask(secretOf(2))).status).toBe(200);
  });

  it('gives access tokens out for as long as the credential says, and not beyond its own end', async () => {
    const endpoint = openTokenEndpoint([aClient(1, { accessTokenMinutes: 360 })]);
    endpoint.vault.list = listOf(
      aClient(1, { accessTokenMinutes: 360 }),
      aClient(2, { expiresAt: new Date(endpoint.world.nowMs + 5 * MINUTE).toISOString() }),
    );

    expect((await endpoint.ask(secretOf(1))).body['expires_in']).toBe(21_600);
    expect((await endpoint.ask(secretOf(2))).body['expires_in']).toBeLessThanOrEqual(300);
  });

  it.each([
    ['another secret', { client_secret: aToken(9) }, 'wrongSecret'],
    ['a secret that is none', { client_secret: 'guess' }, 'wrongSecret'],
    ['another client', { client_id: 'other' }, 'unknownClient'],
    ['an expired secret', { client_secret: aToken(2) }, 'expiredCredential'],
  ])('refuses %s with the same words, and says in the log why', async (_title, changes, reason) => {
    const { ask, lines } = openTokenEndpoint([aClient(1), aClient(2, { expiresAt: '2026-02-01T00:00:00Z' })]);

    const { status, headers, body } = await ask({ ...secretOf(1), ...changes });

    expect(status).toBe(401);
    expect(headers).toMatchObject({ 'WWW-Authenticate': 'Basic realm="scim"' });
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: 'The credentials of the client are not accepted. (request request-1)',
    });
    expect(lines).toEqual([expect.objectContaining({ event: 'request', status: 401, refusal: 'invalid_client', reason })]);
  });

  it.each([
    ['no grant_type', { client_id: CLIENT_ID, client_secret: aToken(1) }, 'invalid_request'],
    ['a grant_type there is none of', { ...secretOf(1), grant_type: 'password' }, 'unsupported_grant_type'],
    ['a secret without its client', { grant_type: 'client_credentials', client_secret: aToken(1) }, 'invalid_request'],
    ['a secret and an assertion', { ...secretOf(1), client_assertion: 'a.b.c' }, 'invalid_request'],
    ['a parameter twice', `${new URLSearchParams(secretOf(1))}&scope=a&scope=b`, 'invalid_request'],
    ['a broken percent-encoding', 'grant_type=client_credentials&client_id=%', 'invalid_request'],
    ['an assertion of no type', { grant_type: 'client_credentials', client_assertion: 'a.b.c' }, 'invalid_request'],
    ['an empty body', '', 'invalid_request'],
    ['no body', null, 'invalid_request'],
    ['a name without a value', 'grant_type', 'invalid_request'],
  ])('refuses %s', async (_title, form, error) => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const { status, body } = await ask(form);

    expect([status, body['error']]).toEqual([400, error]);
  });

  it('counts a parameter without a value as left out (RFC 6749 §3.2)', async () => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const { status } = await ask(
      { grant_type: 'client_credentials', client_id: '', client_secret: '' },
      { headers: basic(CLIENT_ID, aToken(1)) },
    );

    expect(status).toBe(200);
  });

  it('refuses credentials in header and body, and a client_id that is not the header’s', async () => {
    const { ask } = openTokenEndpoint([aClient(1)]);
    const headers = basic(CLIENT_ID, aToken(1));

    const both = await ask(secretOf(1), { headers });
    const other = await ask({ grant_type: 'client_credentials', client_id: 'other' }, { headers });
    const same = await ask({ grant_type: 'client_credentials', client_id: CLIENT_ID }, { headers });

    expect([both.status, other.status, same.status]).toEqual([400, 400, 200]);
  });

  it.each([
    ['nothing', {}],
    ['a bearer token', { Authorization: `Bearer ${aToken(1)}` }],
    ['a Basic header without a colon', { Authorization: `Basic ${Buffer.from('nothing').toString('base64')}` }],
  ])('asks for credentials where %s is sent', async (_title, headers) => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const { status, body } = await ask({ grant_type: 'client_credentials' }, { headers });

    expect([status, body['error']]).toEqual([401, 'invalid_client']);
  });

  it('takes POST and forms only, of bounded size', async () => {
    const { ask } = openTokenEndpoint([aClient(1)]);

    const get = await ask('', { method: 'GET' });
    const json = await ask('{}', { contentType: 'application/json' });
    const untyped = await ask(secretOf(1), { contentType: null });
    const large = await ask(`scope=${'x'.repeat(40_000)}`);

    expect([get.status, json.status, untyped.status, large.status]).toEqual([405, 400, 400, 413]);
    expect(get.headers).toMatchObject({ Allow: 'POST' });
    expect([get, json, untyped, large].map(({ body }) => body['error'])).toEqual(Array(4).fill('invalid_request'));
  });

  it('answers 503 where the vault is out of reach, never 401', async () => {
    const { ask, world } = openTokenEndpoint([aClient(1)]);
    world.isVaultDown = true;

    const { status, headers, body } = await ask(secretOf(1));

    expect([status, body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(headers).toMatchObject({ 'Retry-After': '5' });
  });

  it('gives none out for an application that is gone or disabled', async () => {
    const policyOf = async () => Promise.reject(new ScimError('forbidden', 'The application "hr" of this credential is disabled.'));
    const { ask } = openTokenEndpoint([aClient(1)], { policyOf });

    const { status, body } = await ask(secretOf(1));

    expect([status, body['error']]).toEqual([400, 'unauthorized_client']);
  });

  it('gives none out to an address that the application takes no requests from, whatever a header claims', async () => {
    const policyOf = async () => policySchema.parse({ ipRanges: ['203.0.113.0/28'] });
    const { ask, lines } = openTokenEndpoint([aClient(1)], { policyOf });

    const refused = await ask(secretOf(1), { sourceIp: '198.51.100.9', headers: { 'X-Forwarded-For': '203.0.113.7' } });
    const guessed = await ask(secretOf(9), { sourceIp: '198.51.100.9' });
    const admitted = await ask(secretOf(1), { sourceIp: '203.0.113.7' });

    expect([refused, guessed, admitted].map(({ status, body }) => [status, body['error']])).toEqual([
      [400, 'unauthorized_client'],
      [401, 'invalid_client'],
      [200, undefined],
    ]);
    expect(refused.body['error_description']).toContain('ipRanges');
    expect(refused.text).not.toContain('198.51.100.9');
    expect(lines[0]).toMatchObject({
      ...{ application: 'default', credential: 'c1', sourceIp: '198.51.100.9' },
      ...{ refusal: 'unauthorized_client', reason: 'addressNotAllowed' },
    });
    expect(lines.slice(1).map((line) => 'sourceIp' in line)).toEqual([false, false]);
  });

  it('answers what the table refuses as a fault of the request', async () => {
    const { ask } = openTokenEndpoint([aClient(1)], { policyOf: async () => Promise.reject(new ScimError('invalidValue')) });

    const { status, body } = await ask(secretOf(1));

    expect([status, body['error']]).toEqual([400, 'invalid_request']);
  });

  it('tells nobody what an unexpected error was about', async () => {
    const { ask, lines } = openTokenEndpoint([aClient(1)], { policyOf: async () => Promise.reject(new Error('canary-4711')) });

    const { status, body, text } = await ask(secretOf(1));

    expect([status, body['error']]).toEqual([500, 'server_error']);
    expect(`${text}${JSON.stringify(lines)}`).not.toContain('canary');
  });

  it('leaves one line, without the secret and without the access token', async () => {
    const { ask, lines } = openTokenEndpoint([aClient(1)]);

    const { body } = await ask(secretOf(1));

    const requests = lines.filter(({ event }) => event === 'request');
    expect(requests).toEqual([
      expect.objectContaining({
        method: 'POST',
        route: '/oauth2/token',
        operation: 'token',
        status: 200,
        application: 'default',
        credential: 'c1',
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(aToken(1));
    expect(JSON.stringify(lines)).not.toContain(body['access_token']);
  });
});

describe('an access token', () => {
  it('is accepted until it expires, and not at that instant', async () => {
    const { ask, call, wait } = openTokenEndpoint([aClient(1)]);
    const { body } = await ask(secretOf(1));
    const token = body['access_token'] ?? '';

    wait(59 * MINUTE);

    await expect(call(token)).resolves.toBeDefined();
    wait(MINUTE);
    await expect(call(token)).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('ends with the secret it was given out for, within 60 seconds, while those of another secret live on', async () => {
    const { ask, call, wait, vault } = openTokenEndpoint([aClient(1), aClient(2, { accessTokenKey: 'j'.repeat(43) })]);
    const [ended, kept] = await Promise.all([ask(secretOf(1)), ask(secretOf(2))]);
    await call(ended.body['access_token'] ?? '');
    vault.list = listOf(aClient(2, { accessTokenKey: 'j'.repeat(43) }));

    wait(59_000);

    await expect(call(ended.body['access_token'] ?? '')).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(call(kept.body['access_token'] ?? '')).resolves.toMatchObject({ credential: 'c2' });
    expect((await ask(secretOf(1))).status).toBe(401);
  });

  it('ends with its credential, although it was made to last longer', async () => {
    const { ask, call, wait, vault, world } = openTokenEndpoint([aClient(1)]);
    const { body } = await ask(secretOf(1));
    vault.list = listOf(aClient(1, { expiresAt: new Date(world.nowMs + 2 * MINUTE).toISOString() }));

    wait(2 * MINUTE);

    await expect(call(body['access_token'] ?? '')).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('stands for the credential it names, also where two were given the same key', async () => {
    const { ask, call } = openTokenEndpoint([aClient(1), aClient(2, { scope: 'read' })]);

    const { body } = await ask(secretOf(2));

    await expect(call(body['access_token'] ?? '')).resolves.toMatchObject({ credential: 'c2', scope: 'read' });
  });

  it('cannot be changed: another end, another credential, another signature', async () => {
    const { ask, call } = openTokenEndpoint([aClient(1), aClient(2)]);
    const token = (await ask(secretOf(1))).body['access_token'] ?? '';
    const [body, expiry, random, signature] = token.split('.');
    const changed = [
      [body, 'zzzzzz', random, signature],
      ['scimat_c2', expiry, random, signature],
      [body, expiry, random, `${signature?.startsWith('A') ? 'B' : 'A'}${signature?.slice(1)}`],
    ].map((parts) => parts.join('.'));

    for (const forged of changed) await expect(call(forged)).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(call(token)).resolves.toMatchObject({ credential: 'c1' });
  });

  it('is not the client secret, which opens nothing by itself', async () => {
    const { call } = openTokenEndpoint([aClient(1)]);

    await expect(call(aToken(1))).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});
