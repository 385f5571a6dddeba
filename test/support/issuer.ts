import { createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { urlOf } from './access-secrets.ts';

type SigningKey = { readonly kid: string; readonly privateKey: KeyObject; readonly jwk: object };
type Claims = Readonly<Record<string, unknown>>;

export const SUBJECT = 'f3a1c0de-0000-4000-8000-000000000001';
export const AUDIENCE = 'api://5c1e4b2a-0000-4000-8000-000000000002';

const newKey = (modulusLength = 2_048): SigningKey => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const kid = randomUUID();
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
};

/** An issuer of assertions on this machine: its discovery document, its keys, and what it signs. */
export async function openIssuer() {
  const state = { key: newKey(), published: [] as object[], status: 200, requests: [] as string[], padding: '' };
  state.published = [state.key.jwk];
  const server = createServer(({ url = '' }, response) => {
    state.requests.push(url);
    const issuer = urlOf(server);
    const document = url === '/keys' ? { keys: state.published, padding: state.padding } : { issuer, jwks_uri: `${issuer}/keys` };
    if (url === '/moved') return void response.writeHead(302, { location: '/keys' }).end();
    response.writeHead(state.status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  return {
    url,
    state,
    /** What Entra ID puts into an assertion: no `jti`, and an end after 65 minutes. */
    claims: (overrides: Claims = {}): Claims => {
      const now = Math.floor(Date.now() / 1_000);
      return { aud: AUDIENCE, iss: url, sub: SUBJECT, iat: now, nbf: now, exp: now + 3_900, uti: randomUUID(), ver: '2.0', ...overrides };
    },
    sign: (claims: Claims, header: Claims = {}): string => {
      const { kid, privateKey } = state.key;
      const signed = [{ alg: 'RS256', kid, typ: 'JWT', ...header }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    },
    /** Signs with another key from now on, and publishes it beside the former ones. */
    rotate: (modulusLength?: number): void => {
      state.key = newKey(modulusLength);
      state.published = [...state.published, state.key.jwk];
    },
    close: () => new Promise<unknown>((resolve) => server.close(resolve)),
  };
}

export type Issuer = Awaited<ReturnType<typeof openIssuer>>;
