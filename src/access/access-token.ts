import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'scimat_';
const RANDOM_BYTES = 16;
const PATTERN = new RegExp(`^(${PREFIX}([0-9A-Za-z-]{1,64})\\.([0-9a-z]{6,7})\\.[\\w-]{22})\\.([\\w-]{43})$`);

/** An access token taken apart; only its signature says whether what it claims is so. */
export type AccessToken = {
  /** Id of the credential it was given out for. */
  readonly credential: string;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
  /** What is signed. */
  readonly body: string;
  readonly signature: Buffer;
};

type Issue = {
  readonly credential: string;
  /** The credential's own, so that a credential that is revoked takes its access tokens along. */
  readonly key: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly randomBytes: (size: number) => Uint8Array;
};

/** Makes an access token (RFC 6750) that needs no place to be kept in: `scimat_<credential>.<expiry>.<random>.<HMAC-SHA-256>`. */
export function newAccessToken({ credential, key, expiresAt, randomBytes }: Issue): string {
  const random = Buffer.from(randomBytes(RANDOM_BYTES)).toString('base64url');
  const body = `${PREFIX}${credential}.${expiresAt.toString(36)}.${random}`;
  return `${body}.${signatureOf(body, key).toString('base64url')}`;
}

/** Takes apart what is formed like an access token; undefined for anything else. */
export function readAccessToken(presented: string): AccessToken | undefined {
  const [, body, credential, expiry, signature] = PATTERN.exec(presented) ?? [];
  if (body === undefined || credential === undefined || expiry === undefined || signature === undefined) return undefined;
  return { credential, expiresAtMs: Number.parseInt(expiry, 36) * 1_000, body, signature: Buffer.from(signature, 'base64url') };
}

/** Says, in constant time, whether it was signed with this key. */
export const isSignedWith = (key: string, { body, signature }: AccessToken): boolean => timingSafeEqual(signature, signatureOf(body, key));

const signatureOf = (body: string, key: string): Buffer =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(body, 'ascii').digest();
