import * as z from 'zod/mini';

const MAX_EXPIRY_DAYS = 3_650;
const DEFAULT_EXPIRY_DAYS = 365;

const EXPIRY = `must be a whole number of days from 1 to ${MAX_EXPIRY_DAYS}, or "never"`;
export const expiry = z.union([z.int(EXPIRY).check(z.gte(1, EXPIRY), z.lte(MAX_EXPIRY_DAYS, EXPIRY)), z.literal('never')], EXPIRY);

export const issuing = {
  /** `identifier-password` is what Infor CloudSuite calls a SCIM account. */
  kind: z._default(
    z.enum(['token', 'identifier-password', 'oauth-client'], 'must be "token", "identifier-password" or "oauth-client"'),
    'token',
  ),
  expiresInDays: z._default(expiry, DEFAULT_EXPIRY_DAYS),
  /** A token is kept as it is, and shown again to whoever administers; otherwise only its hash is. */
  isRetrievable: z._default(z.boolean('must be true or false'), false),
};

/** How credentials of an application are made, unless the act that makes one says otherwise. */
export const issuingSchema = z.readonly(z.object(issuing));

export type Issuing = z.output<typeof issuingSchema>;
