import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';
import { SCOPES } from '../principal.ts';

const instant = () => z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date and time in ISO 8601'));

export const MAX_NAME_CHARACTERS = 64;

/** What an entry of the vault says of a credential, whatever its kind. */
export const common = lazily(() => ({
  /** Public: it stands in log lines and is what an operator revokes by. */
  id: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  application: z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARACTERS)),
  name: z.string().check(z.maxLength(MAX_NAME_CHARACTERS)),
  createdAt: instant(),
  /** When its secret last became another one; absent while it is the first. */
  changedAt: z.optional(instant()),
  /** `null` for one that never expires. */
  expiresAt: z.nullable(instant()),
  scope: z.enum(SCOPES),
}));

export const sha256Hex = () => z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** What signs the access tokens that a credential is exchanged for: 32 random bytes, and how long each is good. */
export const accessTokens = () => ({
  accessTokenKey: z.string().check(z.regex(/^[\w-]{43}$/)),
  accessTokenMinutes: z._default(z.int().check(z.gte(60), z.lte(360)), 60),
});
