import * as z from 'zod/mini';
import { DEFAULT_EXPIRY_DAYS, expiry } from '../issuing.ts';
import { act, application, plainText } from './fields.ts';

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
