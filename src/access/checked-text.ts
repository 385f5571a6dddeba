import { createHash } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_DIGITS = 6;

type RandomBytes = (size: number) => Uint8Array;

/** A prefix, random bytes in base62, and 6 base62 digits that check what precedes them. `62 ** digits` exceeds `256 ** bytes`. */
export type Form = { readonly prefix: string; readonly bytes: number; readonly digits: number };

export function newCheckedText({ prefix, bytes, digits }: Form, randomBytes: RandomBytes): string {
  const body = prefix + base62(randomBytes(bytes), digits);
  return body + checksum(body);
}

export function isCheckedText({ prefix, digits }: Form, presented: string): boolean {
  const body = presented.slice(0, prefix.length + digits);
  const isFormed = new RegExp(`^${prefix}[0-9A-Za-z]{${digits + CHECKSUM_DIGITS}}$`).test(presented);
  return isFormed && presented === body + checksum(body);
}

/** The first 32 bits of the SHA-256 of what it checks: no secret goes into it, so it need not be compared in constant time. */
const checksum = (body: string): string => base62(createHash('sha256').update(body, 'ascii').digest().subarray(0, 4), CHECKSUM_DIGITS);

/** The bytes as one big-endian number, padded to a fixed width. */
function base62(bytes: Uint8Array, width: number): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let digits = '';
  while (digits.length < width) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
