import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { tokenHandler } from '../../lambdas/token/token-handler.ts';
import { authenticator } from '../../src/access/authenticate.ts';
import { CredentialCache } from '../../src/access/credential-cache.ts';
import type { Credential, CredentialOf } from '../../src/access/credentials/credential.ts';
import { hashOf } from '../../src/access/credentials/digest.ts';
import type { AssertionLedger } from '../../src/access/oauth/ports.ts';
import { policySchema } from '../../src/access/policy.ts';
import { IssuerKeys } from '../../src/federation/issuer-keys.ts';
import { assertionVerifier } from '../../src/federation/verify-assertion.ts';
import type { LogLine } from '../../src/runtime/log.ts';
import type { TokenServices } from '../../src/runtime/token-services.ts';
import { aToken, listOf, MemoryCredentialStore } from './access-memory.ts';
import { ENVIRONMENT } from './environment.ts';
import { aGatewayEvent } from './gateway-event.ts';
import { AUDIENCE, SUBJECT } from './issuer.ts';

const KEY = 'k'.repeat(43);
export const CLIENT_ID = '0b8f6a52-0000-4000-8000-000000000003';
export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const common = { application: 'default', name: 'Entra ID', createdAt: '2026-01-01T00:00:00.000Z', expiresAt: null, scope: 'full' } as const;

/** A client whose secret is `aToken(seed)`. */
export const aClient = (seed: number, overrides: Partial<CredentialOf<'oauth-client'>> = {}): CredentialOf<'oauth-client'> => ({
  ...common,
  kind: 'oauth-client',
  id: `c${seed}`,
  clientId: CLIENT_ID,
  hash: hashOf(aToken(seed)),
  accessTokenKey: KEY,
  accessTokenMinutes: 60,
  ...overrides,
});

export const aFederation = (
  issuer: string,
  overrides: Partial<CredentialOf<'oauth-federation'>> = {},
): CredentialOf<'oauth-federation'> => ({
  ...common,
  kind: 'oauth-federation',
  id: 'f1',
  clientId: CLIENT_ID,
  issuer,
  subject: SUBJECT,
  audiences: [AUDIENCE],
  reuse: 'refuse',
  accessTokenKey: KEY,
  accessTokenMinutes: 60,
  ...overrides,
});

/** Remembers uses in memory. */
function memoryLedger(): AssertionLedger & { readonly used: Map<string, number> } {
  const used = new Map<string, number>();
  return {
    used,
    use: async (issuer, assertionId, forgetAt) => {
      const key = JSON.stringify([issuer, assertionId]);
      const isFirst = !used.has(key);
      used.set(key, forgetAt);
      return isFirst;
    },
  };
}

/** As it is sent; null for no body at all. */
type Form = string | Readonly<Record<string, string>> | null;

type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string | null;
  readonly base64?: boolean;
  readonly sourceIp?: string;
};

/** The token endpoint over a vault in memory, beside the token check of the other functions over the same vault. */
export function openTokenEndpoint(credentials: readonly Credential[], overrides: Partial<TokenServices> = {}) {
  const vault = new MemoryCredentialStore(listOf(...credentials));
  const world = { nowMs: Date.now(), isVaultDown: false };
  const lines: LogLine[] = [];
  const ledger = memoryLedger();
  const now = () => world.nowMs;
  const secrets = {
    readCredentials: () => (world.isVaultDown ? Promise.reject(new Error('down')) : vault.readCredentials()),
  };
  const services: TokenServices = {
    environment: ENVIRONMENT,
    policyOf: async () => policySchema.parse({}),
    clock: now,
    log: (line) => lines.push(line),
    endpoint: {
      credentials: new CredentialCache({ secrets, now }),
      assertions: assertionVerifier({ keys: new IssuerKeys({ now }), now }),
      ledger,
      now,
      randomBytes,
    },
    ...overrides,
  };
  const handler = tokenHandler(services);
  const authenticate = authenticator({ secrets, now });
  return {
    vault,
    world,
    lines,
    ledger,
    /** What a handler of SCIM makes of an access token. */
    call: (token: string) => authenticate(`Bearer ${token}`),
    wait: (ms: number) => {
      world.nowMs += ms;
    },
    ask: (form: Form, sent?: Sent) => ask(handler, form, sent),
  };
}

async function ask(
  handler: ReturnType<typeof tokenHandler>,
  form: Form,
  { method = 'POST', headers = {}, contentType = 'application/x-www-form-urlencoded', base64 = false, sourceIp = '127.0.0.1' }: Sent = {},
) {
  const body = typeof form === 'string' || form === null ? form : new URLSearchParams(form).toString();
  const posted = aGatewayEvent({
    method,
    resource: '/scim/v2/oauth2/token',
    path: '/scim/v2/oauth2/token',
    headers: { ...(contentType === null ? {} : { 'Content-Type': contentType }), ...headers },
  });
  const identity = { ...posted.requestContext.identity, sourceIp };
  const event: APIGatewayProxyEvent = {
    ...posted,
    requestContext: { ...posted.requestContext, identity },
    body: base64 && body !== null ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  };
  const { statusCode, headers: answered = {}, body: text } = await handler(event, CONTEXT);
  return { status: statusCode, headers: answered, body: JSON.parse(text) as Readonly<Record<string, string & number>>, text };
}

const CONTEXT = { awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => 25_000 } as Partial<Context> as Parameters<
  ReturnType<typeof tokenHandler>
>[1];
