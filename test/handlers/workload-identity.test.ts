import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Policy, policySchema } from '../../src/access/policy.ts';
import { ScimError } from '../../src/scim/errors.ts';
import { listOf } from '../support/access-memory.ts';
import { AUDIENCE, type Issuer, openIssuer } from '../support/issuer.ts';
import { aFederation, CLIENT_ID, JWT_BEARER, openTokenEndpoint } from '../support/token-endpoint.ts';

const MINUTE = 60_000;

let issuer: Issuer;
beforeEach(async () => {
  issuer = await openIssuer();
});
afterEach(() => issuer.close());

const federation = (overrides: Parameters<typeof aFederation>[1] = {}) =>
  aFederation(issuer.url, { jwksUri: `${issuer.url}/keys`, ...overrides });

/** What Entra ID sends. */
const formOf = (assertion: string) => ({
  grant_type: 'client_credentials',
  client_id: CLIENT_ID,
  client_assertion_type: JWT_BEARER,
  client_assertion: assertion,
  scope: 'scim',
});
const aForm = (claims: Readonly<Record<string, unknown>> = {}, header = {}) => formOf(issuer.sign(issuer.claims(claims), header));
const seconds = () => Math.floor(Date.now() / 1_000);

describe('workload identity federation', () => {
  it('gives an access token out for an assertion of the issuer, which every handler then takes (RFC 7523 §2.2)', async () => {
    const { ask, call } = openTokenEndpoint([federation({ application: 'hr' })]);

    const { status, body } = await ask(aForm());

    expect([status, body['expires_in']]).toEqual([200, 3_600]);
    await expect(call(body['access_token'] ?? '')).resolves.toEqual({ application: 'hr', credential: 'f1', scope: 'full' });
  });

  it('finds the keys by the discovery document of the issuer where no place is given', async () => {
    const { ask } = openTokenEndpoint([aFederation(issuer.url)]);

    expect((await ask(aForm())).status).toBe(200);
    expect(issuer.state.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('needs no client_id, which the assertion can do without (RFC 7521 §4.2)', async () => {
    const { ask } = openTokenEndpoint([federation()]);
    const { client_id: _left, ...form } = aForm();

    expect((await ask(form)).status).toBe(200);
  });

  it('takes any of several audiences', async () => {
    const { ask } = openTokenEndpoint([federation({ audiences: [AUDIENCE, `${AUDIENCE}/.default`] })]);

    expect((await ask(aForm({ aud: `${AUDIENCE}/.default` }))).status).toBe(200);
  });

  it('tells two applications that trust one subject apart by the audience', async () => {
    const { ask, lines } = openTokenEndpoint([
      federation({ id: 'f1', application: 'one' }),
      federation({ id: 'f2', application: 'two', audiences: ['two'] }),
    ]);

    await ask(aForm({ aud: 'two' }));

    expect(lines).toEqual([expect.objectContaining({ application: 'two', credential: 'f2' })]);
  });

  it('does not take one federation’s word where the keys of another are out of reach', async () => {
    const unreachable = federation({ id: 'f2', audiences: ['two'], jwksUri: 'http://127.0.0.1:1/keys' });
    const { ask, lines } = openTokenEndpoint([unreachable, federation()]);

    const statuses = [(await ask(aForm())).status, (await ask(aForm({ aud: 'three' }))).status];

    expect(statuses).toEqual([200, 503]);
    expect(lines[0]).toMatchObject({ credential: 'f1' });
  });

  it.each([
    ['another audience', () => aForm({ aud: 'api://other' }), 'audience'],
    ['no audience', () => aForm({ aud: undefined }), 'audience'],
    ['another subject', () => aForm({ sub: randomUUID() }), 'unknownFederation'],
    ['another issuer', () => aForm({ iss: 'https://issuer.example.com' }), 'unknownFederation'],
    ['another client', () => ({ ...aForm(), client_id: 'other' }), 'unknownFederation'],
    ['no subject', () => aForm({ sub: undefined }), 'malformedAssertion'],
    ['no token at all', () => formOf('nothing'), 'malformedAssertion'],
    ['an end that is past', () => aForm({ exp: seconds() - 61 }), 'expired'],
    ['a beginning that is to come', () => aForm({ nbf: seconds() + 120 }), 'notYetValid'],
    ['a making that is to come', () => aForm({ iat: seconds() + 120 }), 'notYetValid'],
    ['no end', () => aForm({ exp: undefined }), 'tooLongLived'],
    ['an end that is days away', () => aForm({ exp: seconds() + 100_000 }), 'tooLongLived'],
    ['a making that is days ago', () => aForm({ iat: seconds() - 100_000, nbf: undefined }), 'tooLongLived'],
    ['a key the issuer does not publish', () => aForm({}, { kid: 'other' }), 'unknownKey'],
    ['no key', () => aForm({}, { kid: undefined }), 'unknownKey'],
    ['an algorithm by which anybody could sign', () => aForm({}, { alg: 'none' }), 'algorithm'],
    ['the public key as a shared secret', () => aForm({}, { alg: 'HS256' }), 'algorithm'],
    ['a signature that is not the issuer’s', () => formOf(`${aForm().client_assertion.slice(0, -10)}AAAAAAAAAA`), 'signature'],
  ])('refuses %s', async (_title, form, reason) => {
    const { ask, lines, ledger } = openTokenEndpoint([federation()]);

    const { status, body } = await ask(form());

    expect([status, body['error']]).toEqual([401, 'invalid_client']);
    expect(lines).toEqual([expect.objectContaining({ refusal: 'invalid_client', reason })]);
    expect(ledger.used.size).toBe(0);
  });

  it('refuses claims that were changed after they were signed', async () => {
    const { ask } = openTokenEndpoint([federation()]);
    const [header, , signature] = issuer.sign(issuer.claims({ aud: 'api://other' })).split('.');
    const claims = Buffer.from(JSON.stringify(issuer.claims())).toString('base64url');

    expect((await ask(formOf(`${header}.${claims}.${signature}`))).status).toBe(401);
  });

  it('says which audience came, which is the first thing to look at', async () => {
    const { ask } = openTokenEndpoint([federation()]);

    const { body } = await ask(aForm({ aud: 'api://other' }));

    expect(body['error_description']).toContain("'api://other'");
  });

  it('refuses an expired federation, and one that was revoked within 60 seconds', async () => {
    const endpoint = openTokenEndpoint([federation({ expiresAt: '2026-02-01T00:00:00Z' })]);

    expect((await endpoint.ask(aForm())).status).toBe(401);
    endpoint.vault.list = listOf(federation());
    endpoint.wait(10_000);
    expect((await endpoint.ask(aForm())).status).toBe(200);
    endpoint.vault.list = listOf();
    endpoint.wait(59_000);
    expect((await endpoint.ask(aForm())).status).toBe(401);
  });

  it('asks an issuer it does not trust for nothing', async () => {
    const { ask } = openTokenEndpoint([federation({ subject: 'another' })]);

    await ask(aForm());

    expect(issuer.state.requests).toEqual([]);
  });
});

describe('a replayed assertion', () => {
  it.each([
    ['uti, as Entra ID writes it', { uti: 'u1' }],
    ['jti', { jti: 'j1', uti: undefined }],
    ['neither', { uti: undefined }],
  ])('is refused, told by %s', async (_title, claims) => {
    const { ask, lines, ledger } = openTokenEndpoint([federation()]);
    const form = aForm(claims);

    const statuses = [(await ask(form)).status, (await ask(form)).status];

    expect(statuses).toEqual([200, 401]);
    expect(lines.at(-1)).toMatchObject({ reason: 'replayed' });
    expect([...ledger.used.values()][0]).toBeGreaterThan(seconds() + 3_900);
  });

  it.each(['uti', 'jti'])('is one that has the %s of another, whatever else it says', async (claim) => {
    const { ask } = openTokenEndpoint([federation()]);
    await ask(aForm({ [claim]: 'same' }));

    const again = await ask(aForm({ [claim]: 'same', exp: seconds() + 600 }));

    expect(again.status).toBe(401);
  });

  it('can be sent again after a 503, or once its application takes requests from there: it was not used', async () => {
    let policy: () => Promise<Policy> = () => Promise.reject(new ScimError('unavailable'));
    const { ask } = openTokenEndpoint([federation()], { policyOf: () => policy() });
    const form = aForm();

    const unavailable = await ask(form);
    policy = async () => policySchema.parse({ ipRanges: ['203.0.113.7'] });
    const elsewhere = await ask(form);
    const again = await ask(form, { sourceIp: '203.0.113.7' });
    const replayed = await ask(form, { sourceIp: '203.0.113.7' });

    expect([unavailable, elsewhere, again, replayed].map(({ status }) => status)).toEqual([503, 400, 200, 401]);
  });

  it('is refused in another encoding of its signature too', async () => {
    const { ask } = openTokenEndpoint([federation()]);
    const form = aForm({ uti: undefined });
    await ask(form);

    const again = await ask(formOf(`${form.client_assertion}=`));

    expect(again.status).toBe(401);
  });

  it('is taken where the federation allows it, until it expires', async () => {
    const { ask } = openTokenEndpoint([federation({ reuse: 'allow' })]);
    const form = aForm();

    expect([(await ask(form)).status, (await ask(form)).status]).toEqual([200, 200]);
  });
});

describe("the issuer's keys", () => {
  it('are asked for once, for as many assertions as come', async () => {
    const { ask } = openTokenEndpoint([federation()]);

    await Promise.all(Array.from({ length: 20 }, () => ask(aForm())));
    await ask(aForm());

    expect(issuer.state.requests).toEqual(['/keys']);
  });

  it('are asked for again when another has signed, and the former one is still taken', async () => {
    const { ask, wait } = openTokenEndpoint([federation()]);
    const before = aForm();
    await ask(aForm());
    issuer.rotate();

    wait(10_000);

    expect((await ask(aForm())).status).toBe(200);
    expect((await ask(before)).status).toBe(200);
    expect(issuer.state.requests).toHaveLength(2);
  });

  it('are not asked for at every unknown key; until they may be, the answer is 503 and not 401', async () => {
    const { ask, wait } = openTokenEndpoint([federation()]);
    await ask(aForm());

    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask(aForm({}, { kid: 'other' }))).status));

    expect(new Set(statuses)).toEqual(new Set([503]));
    wait(10_000);
    expect((await ask(aForm({}, { kid: 'other' }))).status).toBe(401);
    expect(issuer.state.requests).toHaveLength(2);
  });

  it('lose one that the issuer has withdrawn, within an hour', async () => {
    const { ask, wait } = openTokenEndpoint([federation()]);
    const withdrawn = aForm();
    await ask(aForm());
    issuer.rotate();
    issuer.state.published = issuer.state.published.slice(1);

    wait(60 * MINUTE);

    expect((await ask(withdrawn)).status).toBe(401);
  });

  it('out of reach are 503 with Retry-After, and back again are asked for', async () => {
    const { ask, wait, lines } = openTokenEndpoint([federation()]);
    issuer.state.status = 500;

    const { status, headers, body } = await ask(aForm());

    expect([status, body['error']]).toEqual([503, 'temporarily_unavailable']);
    expect(headers).toMatchObject({ 'Retry-After': '5' });
    expect(lines).toEqual([expect.objectContaining({ refusal: 'temporarily_unavailable', reason: 'keysUnavailable' })]);
    issuer.state.status = 200;
    wait(10_000);
    expect((await ask(aForm())).status).toBe(200);
  });

  it('out of reach go on being taken as they are known, for a day', async () => {
    const { ask, wait } = openTokenEndpoint([federation()]);
    await ask(aForm());
    issuer.state.status = 500;
    const later = (hours: number) => aForm({ iat: undefined, nbf: undefined, exp: seconds() + hours * 3_600 + 60 });

    wait(23 * 60 * MINUTE);

    expect((await ask(later(23))).status).toBe(200);
    wait(60 * MINUTE);
    expect((await ask(later(24))).status).toBe(503);
  });

  it.each([
    ['too large a document', () => Object.assign(issuer.state, { padding: 'x'.repeat(300_000) })],
    ['no document', () => Object.assign(issuer.state, { status: 204 })],
    ['a document that is none of keys', () => Object.assign(issuer.state, { published: 'none' })],
  ])('cannot be learnt from %s', async (_title, spoil) => {
    const { ask } = openTokenEndpoint([federation()]);
    spoil();

    expect((await ask(aForm())).status).toBe(503);
  });

  it('are not looked for where the issuer redirects to', async () => {
    const { ask } = openTokenEndpoint([federation({ jwksUri: `${issuer.url}/moved` })]);

    expect((await ask(aForm())).status).toBe(503);
    expect(issuer.state.requests).toEqual(['/moved']);
  });

  it('count from 2048 bits on', async () => {
    const { ask } = openTokenEndpoint([federation()]);
    issuer.rotate(1_024);

    expect((await ask(aForm())).status).toBe(401);
  });

  it('are not fetched over plain HTTP from another machine', async () => {
    const { ask } = openTokenEndpoint([federation({ jwksUri: 'http://192.0.2.1/keys' })]);

    expect((await ask(aForm())).status).toBe(503);
  });

  it('of a discovery document that is of another issuer are not taken', async () => {
    const { ask } = openTokenEndpoint([aFederation(`${issuer.url}/`)]);

    expect((await ask(aForm({ iss: `${issuer.url}/` }))).status).toBe(503);
  });
});
