import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import type { Principal } from './principal.ts';

const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date and time in ISO 8601'));

export const MAX_NAME_CHARACTERS = 64;

const common = {
  /** Public: it stands in log lines and is what an operator revokes by. */
  id: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  application: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  name: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
  createdAt: instant,
  /** `null` for one that never expires. */
  expiresAt: z.nullable(instant),
  scope: z.enum(['full', 'read']),
};

/** A bearer token at rest. 256 random bits need no salt and no slow hash. */
const tokenSchema = z.object({ ...common, kind: z.literal('token'), hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)) });

/** One credential as the vault holds it; each kind says how it is presented and compared. */
export const credentialSchema = z.readonly(z.discriminatedUnion('kind', [tokenSchema]));

export type Credential = z.output<typeof credentialSchema>;

const digest = (secret: string): Buffer => createHash('sha256').update(secret, 'utf8').digest();

export const hashOf = (token: string): string => digest(token).toString('hex');

export const isLive = ({ expiresAt }: Credential, now: Date): boolean => expiresAt === null || now.getTime() < Date.parse(expiresAt);

/**
 * Finds the live credential that `presented` stands for.
 *
 * Each candidate is compared, in constant time, even after a match, so that the answer's timing tells neither which
 * one matched nor how many of them are live.
 */
export function acceptCredential(presented: string, credentials: readonly Credential[], now: Date): Principal | undefined {
  const candidate = digest(presented);
  let accepted: Credential | undefined;
  for (const credential of credentials) {
    const matches = timingSafeEqual(candidate, Buffer.from(credential.hash, 'hex'));
    const live = isLive(credential, now);
    accepted = matches && live ? credential : accepted;
  }
  return accepted && { application: accepted.application, credential: accepted.id, scope: accepted.scope };
}
