import * as z from 'zod/mini';
import { expiry } from '../issuing.ts';
import { act, application, applicationKey, plainText, scope } from './fields.ts';

/** Its strength is judged where it is hashed: a refusal there says why, and never what it was. */
const password = z.string('must be text');

export const ACCOUNT_ACTS = {
  'account.create': act('account.create', {
    application,
    name: z.optional(plainText),
    password,
    expiresInDays: z.optional(expiry),
    scope,
  }),
  'account.list': act('account.list', { application: z.optional(applicationKey) }),
  /** `credential` is the account's id or its identifier, here and below. */
  'account.password': act('account.password', { credential: plainText, password }),
  'account.revoke': act('account.revoke', { credential: plainText }),
};
