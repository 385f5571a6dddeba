import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/**
 * 32 MB and about a tenth of a second, which a function pays at its first request. They rest with each password, so that
 * they can be raised for the next ones.
 */
const PARAMETERS = { cost: 2 ** 15, blockSize: 8, parallelization: 1 } as const;

const base64url = () => z.string().check(z.regex(/^[\w-]{22,43}$/));

/** A password at rest, with the parameters it was derived by; bounded, so that no entry can take all memory or time. */
export const passwordHashSchema = lazily(() =>
  z.readonly(
    z.object({
      salt: base64url(),
      key: base64url(),
      cost: z.int().check(z.refine((cost) => cost >= 2 && cost <= 2 ** 16 && Number.isInteger(Math.log2(cost)))),
      blockSize: z.int().check(z.gte(1), z.lte(8)),
      parallelization: z.int().check(z.gte(1), z.lte(8)),
    }),
  ),
);
export type PasswordHash = z.output<ReturnType<typeof passwordHashSchema>>;
type Parameters = Pick<PasswordHash, 'cost' | 'blockSize' | 'parallelization'>;

export async function hashPassword(password: string, parameters: Parameters = PARAMETERS): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, parameters);
  return { salt: salt.toString('base64url'), key: key.toString('base64url'), ...parameters };
}

export async function isPassword(password: string, { salt, key, ...parameters }: PasswordHash): Promise<boolean> {
  const expected = Buffer.from(key, 'base64url');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), parameters);
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/** The same characters may be typed in several encodings: RFC 8265 §4.2.2 compares passwords in Normalization Form C. */
function derive(password: string, salt: Buffer, parameters: Parameters): Promise<Buffer> {
  const options: ScryptOptions = { ...parameters, maxmem: memoryOf(parameters) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** What scrypt takes (RFC 7914 §6), which Node.js refuses to give unless it is told. */
const memoryOf = ({ cost, blockSize, parallelization }: Parameters): number => 128 * blockSize * (cost + parallelization + 2);
