import { newAccessToken } from '../access-token.ts';
import type { Grantee } from '../credentials/access-token.ts';
import type { CredentialOf } from '../credentials/credential.ts';
import type { StoreCall } from '../ports.ts';
import type { Principal } from '../principal.ts';
import { type ClientClaim, readClientClaim } from './client-claim.ts';
import { type CredentialLists, findBySecret, findFederations } from './find-client.ts';
import type { Form } from './form.ts';
import type { AssertionLedger, AssertionVerifier, VerifiedAssertion } from './ports.ts';
import { OAuthError } from './refusal.ts';

export type TokenEndpoint = {
  readonly credentials: CredentialLists;
  readonly assertions: AssertionVerifier;
  readonly ledger: AssertionLedger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};

/** RFC 6749 §5.1. */
type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
};

export type TokenRequest = {
  readonly authorization: string | undefined;
  readonly form: Form;
  /** Throws unless this client may have an access token now. */
  readonly admit: (principal: Principal) => Promise<void>;
};

/**
 * Gives an access token out for a client secret or an assertion (RFC 6749 §4.4, RFC 7523 §2.2).
 *
 * The scope that is asked for is passed over: what a client may do is its credential's to say, and the answer says it
 * (RFC 6749 §3.3).
 *
 * @throws {OAuthError} whatever is wrong with the request, or what `admit` has against the client
 * @throws {ScimError} unavailable — vault or table are out of reach
 */
export async function grantAccessToken(
  endpoint: TokenEndpoint,
  { authorization, form, admit }: TokenRequest,
  call: StoreCall,
): Promise<TokenAnswer> {
  const grantType = form.get('grant_type');
  if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing; client_credentials is the one there is.');
  if (grantType !== 'client_credentials')
    throw new OAuthError('unsupported_grant_type', 'The one grant_type there is is client_credentials.');
  const { grantee, verified } = await authenticateClient(endpoint, readClientClaim(authorization, form));
  await admit({ application: grantee.application, credential: grantee.id, scope: grantee.scope });
  // Last, so that a client that was told to come again is not taken for one that replays.
  if (verified !== undefined) await requireFirstUse(endpoint, grantee, verified, call);
  return issue(endpoint, grantee);
}

type Authenticated =
  | { readonly grantee: Client; readonly verified?: undefined }
  | { readonly grantee: Federation; readonly verified: VerifiedAssertion };

async function authenticateClient(endpoint: TokenEndpoint, claim: ClientClaim): Promise<Authenticated> {
  return claim.kind === 'secret'
    ? { grantee: await findBySecret(claim.clientId, claim.secret, endpoint.credentials, new Date(endpoint.now())) }
    : authenticateByAssertion(endpoint, claim);
}

type AssertionClaim = Extract<ClientClaim, { kind: 'assertion' }>;

/** Nothing is asked of an issuer before it is known to be one that is trusted. */
async function authenticateByAssertion(
  { credentials, assertions, now }: TokenEndpoint,
  { clientId, assertion }: AssertionClaim,
): Promise<Verified> {
  const stated = assertions.read(assertion);
  if (stated === undefined) {
    throw new OAuthError('invalid_client', 'The client_assertion is no JSON Web Token with an issuer and a subject.', {
      reason: 'malformedAssertion',
    });
  }
  const federations = await findFederations(clientId, stated, credentials, new Date(now()));
  return verifyFor(federations, assertion, assertions);
}

/** @throws {OAuthError} invalid_client — the assertion is good for one access token, and this is not the first */
async function requireFirstUse(
  { ledger }: TokenEndpoint,
  { issuer, reuse }: Federation,
  { assertionId, refusedFrom }: VerifiedAssertion,
  call: StoreCall,
): Promise<void> {
  if (reuse === 'allow' || (await ledger.use(issuer, assertionId, refusedFrom, call))) return;
  throw new OAuthError('invalid_client', 'The assertion has been used before; send a new one for each access token.', {
    reason: 'replayed',
  });
}

type Client = CredentialOf<'oauth-client'>;
type Federation = CredentialOf<'oauth-federation'>;
type Verified = { readonly grantee: Federation; readonly verified: VerifiedAssertion };

/** Two applications may trust the same subject, and be told apart by the audience. */
async function verifyFor(federations: readonly Federation[], assertion: string, assertions: AssertionVerifier): Promise<Verified> {
  const refusals: unknown[] = [];
  for (const federation of federations) {
    try {
      return { grantee: federation, verified: await assertions.verify(assertion, federation) };
    } catch (error) {
      refusals.push(error);
    }
  }
  throw refusals.find((refusal) => !isInvalidClient(refusal)) ?? refusals[0];
}

/** Anything else leaves open whether the client is who it claims to be. */
const isInvalidClient = (error: unknown): boolean => error instanceof OAuthError && error.code === 'invalid_client';

/** An access token does not outlive the credential it was given out for. */
function issue({ now, randomBytes }: TokenEndpoint, grantee: Grantee): TokenAnswer {
  const atSeconds = Math.floor(now() / 1_000);
  const endsAt = grantee.expiresAt === null ? Number.POSITIVE_INFINITY : Math.floor(Date.parse(grantee.expiresAt) / 1_000);
  const expiresAt = Math.min(atSeconds + grantee.accessTokenMinutes * 60, endsAt);
  return {
    access_token: newAccessToken({ credential: grantee.id, key: grantee.accessTokenKey, expiresAt, randomBytes }),
    token_type: 'Bearer',
    expires_in: expiresAt - atSeconds,
    scope: grantee.scope,
  };
}
