import * as z from 'zod/mini';
import { lazily } from '../../scim/lazily.ts';
import { accessTokens, common } from './common.ts';

export const MAX_AUDIENCES = 5;

const text = () => z.string().check(z.minLength(1), z.maxLength(1_024));

/** Whose assertions are taken in place of a client secret (RFC 7523 §2.2): there is no secret of ours. */
export const oauthFederationSchema = lazily(() =>
  z.object({
    ...common(),
    kind: z.literal('oauth-federation'),
    clientId: text(),
    issuer: text(),
    subject: text(),
    /** Any of them will do: what Entra ID writes there depends on how the application is registered. */
    audiences: z.readonly(z.array(text()).check(z.minLength(1), z.maxLength(MAX_AUDIENCES))),
    /** Where the issuer's keys are; found by its discovery document unless it is said. */
    jwksUri: z.optional(text()),
    /** Whether an assertion is good for one access token, or for as many as are asked for until it expires. */
    reuse: z._default(z.enum(['refuse', 'allow']), 'refuse'),
    ...accessTokens(),
  }),
);
