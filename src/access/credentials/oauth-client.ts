import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';
import { accessTokens, common, sha256Hex } from './common.ts';

/** A client of the token endpoint at rest (RFC 6749 §2.3.1). Its secret is 256 random bits, like a token's. */
export const oauthClientSchema = lazily(() =>
  z.object({
    ...common(),
    kind: z.literal('oauth-client'),
    clientId: z.string().check(z.minLength(1)),
    hash: sha256Hex(),
    ...accessTokens(),
  }),
);
