import * as z from 'zod/mini';
import { act, application, plainText } from './fields.ts';

const MAX_EXPIRY_DAYS = 3_650;
const DEFAULT_EXPIRY_DAYS = 365;

const EXPIRY = `must be a whole number of days from 1 to ${MAX_EXPIRY_DAYS}, or "never"`;
const expiry = z.union([z.int(EXPIRY).check(z.gte(1, EXPIRY), z.lte(MAX_EXPIRY_DAYS, EXPIRY)), z.literal('never')], EXPIRY);

export const TOKEN_ACTS = {
  'token.create': act('token.create', {
    application,
    name: z.optional(plainText),
    expiresInDays: z._default(expiry, DEFAULT_EXPIRY_DAYS),
    scope: z._default(z.enum(['full', 'read'], 'must be "full" or "read"'), 'full'),
  }),
  'token.list': act('token.list', {}),
  'token.revoke': act('token.revoke', { credential: plainText }),
};
