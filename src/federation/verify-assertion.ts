import { createHash } from 'node:crypto';
import { JwtExpiredError, JwtInvalidAudienceError, JwtNotBeforeError } from 'aws-jwt-verify/error';
import { type DecomposedJwt, decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import { verifyJwtSync } from 'aws-jwt-verify/jwt-verifier';
import type { AssertionVerifier, Trust, VerifiedAssertion } from '../access/oauth/ports.ts';
import { OAuthError, type RefusalReason } from '../access/oauth/refusal.ts';
import { type IssuerKey, type IssuerKeys, KeysUnavailable } from './issuer-keys.ts';

/** What Entra ID signs with, and every other issuer can. */
const ALGORITHM = 'RS256';
/** How far clocks may be apart. */
const LEEWAY_SECONDS = 60;
/** How old an assertion may be, and how far off its end. Entra ID makes them for 65 minutes. */
const MAX_LIFETIME_SECONDS = 2 * 60 * 60;

type Options = { readonly keys: Pick<IssuerKeys, 'find'>; readonly now: () => number };

/** Checks assertions by the keys of their issuers (RFC 7523 §3). */
export const assertionVerifier = ({ keys, now }: Options): AssertionVerifier => ({
  read: (assertion) => {
    const { iss: issuer, sub: subject } = decompose(assertion)?.payload ?? {};
    return issuer === undefined || subject === undefined ? undefined : { issuer, subject };
  },
  verify: async (assertion, trust) => {
    const { alg, kid } = decompose(assertion)?.header ?? {};
    if (alg !== ALGORITHM) throw refusal(`The assertion has to be signed by ${ALGORITHM}.`, 'algorithm');
    const key = kid === undefined ? undefined : await findKey(keys, trust, kid);
    if (key === undefined) throw refusal('The assertion is signed by a key that its issuer does not publish.', 'unknownKey');
    return judgeAge(verifySignature(assertion, key, trust), assertion, Math.floor(now() / 1_000));
  },
});

function decompose(assertion: string): DecomposedJwt | undefined {
  try {
    return decomposeUnverifiedJwt(assertion);
  } catch {
    return undefined;
  }
}

async function findKey(keys: Options['keys'], trust: Trust, kid: string): Promise<IssuerKey | undefined> {
  try {
    return await keys.find(trust, kid);
  } catch (cause) {
    if (!(cause instanceof KeysUnavailable)) throw cause;
    throw new OAuthError('temporarily_unavailable', 'The keys of the issuer are out of reach; the same request can be sent again.', {
      reason: 'keysUnavailable',
      cause,
    });
  }
}

function verifySignature(assertion: string, key: IssuerKey, { issuer, audiences }: Trust): JwtPayload {
  try {
    const { kty, kid, n, e } = key;
    return verifyJwtSync(assertion, { kty, kid, n, e }, { issuer, audience: [...audiences], graceSeconds: LEEWAY_SECONDS });
  } catch (cause) {
    throw explain(cause);
  }
}

const SHOWN_CHARACTERS = 200;

/** What is told of it is what the client sent itself. */
function explain(error: unknown): OAuthError {
  if (error instanceof JwtInvalidAudienceError) {
    const stated = String(error.failedAssertion.actual).slice(0, SHOWN_CHARACTERS);
    return refusal(`The audience of the assertion, "${stated}", is none of those of its federation.`, 'audience', error);
  }
  if (error instanceof JwtExpiredError) return refusal('The assertion has expired.', 'expired', error);
  if (error instanceof JwtNotBeforeError) return refusal('The assertion is not yet valid.', 'notYetValid', error);
  return refusal('The signature of the assertion is not that of its issuer.', 'signature', error);
}

/** RFC 7523 §3: an end is required; a lifetime beyond reason is refused. */
function judgeAge({ exp, iat, jti, ...claims }: JwtPayload, assertion: string, atSeconds: number): VerifiedAssertion {
  if (exp === undefined) throw refusal('The assertion has no exp.', 'tooLongLived');
  const madeAt = iat ?? atSeconds;
  if (madeAt > atSeconds + LEEWAY_SECONDS) throw refusal('The assertion is not yet valid.', 'notYetValid');
  if (Math.max(exp - atSeconds, atSeconds - madeAt) > MAX_LIFETIME_SECONDS + LEEWAY_SECONDS) {
    throw refusal(`An assertion is good for ${MAX_LIFETIME_SECONDS / 3_600} hours at most, whatever its exp says.`, 'tooLongLived');
  }
  return { assertionId: idOf(jti ?? claims['uti'], assertion), refusedFrom: Math.ceil(exp) + LEEWAY_SECONDS };
}

/**
 * `jti` by RFC 7519 §4.1.7; Entra ID has `uti` in its place. Without either it is what was signed, which, unlike the
 * signature's encoding, nobody else can vary.
 */
function idOf(claim: unknown, assertion: string): string {
  if (typeof claim === 'string' && claim !== '') return claim;
  return createHash('sha256')
    .update(assertion.slice(0, assertion.lastIndexOf('.')), 'ascii')
    .digest('base64url');
}

const refusal = (description: string, reason: RefusalReason, cause?: unknown): OAuthError =>
  new OAuthError('invalid_client', description, { reason, cause });
