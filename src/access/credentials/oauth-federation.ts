import * as z from 'zod/mini';
import { accessTokens, common } from './common.ts';

const text = z.string().check(z.minLength(1), z.maxLength(1_024));

/** Whose assertions are taken in place of a client secret (RFC 7523 §2.2): there is no secret of ours. */
export const oauthFederationSchema = z.object({
  ...common,
  kind: z.literal('oauth-federation'),
  issuer: text,
  subject: text,
  audience: text,
  /** Where the issuer's keys are; found by its discovery document unless it is said. */
  jwksUri: z.optional(text),
  ...accessTokens,
});
