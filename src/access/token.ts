import { createHash } from 'node:crypto';

const PREFIX = 'scim_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const PATTERN = new RegExp(`^(${PREFIX}[0-9A-Za-z]{${RANDOM_DIGITS}})([0-9A-Za-z]{${CHECKSUM_DIGITS}})$`);

/**
 * Makes a token: `scim_`, 256 random bits as 43 base62 digits, and 6 base62 digits that check what precedes them.
 *
 * The prefix lets secret scanners find one that leaked; the checksum lets a truncated or mistyped one be refused
 * without asking the vault.
 */
export function newToken(randomBytes: (size: number) => Uint8Array): string {
  const body = PREFIX + base62(randomBytes(RANDOM_BYTES), RANDOM_DIGITS);
  return body + checksum(body);
}

/** Says whether a token, mistyped or not, stands anywhere in a text that is meant for people to read. */
export const holdsToken = (text: string): boolean => new RegExp(`${PREFIX}[0-9A-Za-z]{${RANDOM_DIGITS}}`).test(text);

export function isWellFormedToken(presented: string): boolean {
  const [, body, check] = PATTERN.exec(presented) ?? [];
  return body !== undefined && check === checksum(body);
}

/** The first 32 bits of the SHA-256 of what it checks: no secret goes into it, so it need not be compared in constant time. */
const checksum = (body: string): string => base62(createHash('sha256').update(body, 'ascii').digest().subarray(0, 4), CHECKSUM_DIGITS);

/** The bytes as one big-endian number, padded to a fixed width; 62^43 > 2^256 and 62^6 > 2^32, so nothing is cut off. */
function base62(bytes: Uint8Array, width: number): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let digits = '';
  while (digits.length < width) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
