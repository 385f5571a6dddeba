import * as z from 'zod/mini';
import { expiry } from '../issuing.ts';
import { act, application, applicationKey, plainText, scope, scopeMeant } from './fields.ts';

const MAX_OVERLAP_HOURS = 720;
const DEFAULT_OVERLAP_HOURS = 72;
const OVERLAP = `must be a whole number of hours from 0 to ${MAX_OVERLAP_HOURS}`;

/** What is left out is as the application has its credentials made. */
const made = { application, name: z.optional(plainText), expiresInDays: z.optional(expiry), scope };

export const TOKEN_ACTS = {
  /** `kind` says that it is to be a token although the application has another kind of credential made. */
  'token.create': act('token.create', { ...made, kind: z.optional(z.literal('token', 'must be "token"')) }),
  'token.list': act('token.list', { application: z.optional(applicationKey) }),
  'token.show': act('token.show', { credential: plainText }),
  'token.rotate': act('token.rotate', {
    ...made,
    scope: scopeMeant,
    /** How long the older ones are still accepted. */
    overlapHours: z._default(z.int(OVERLAP).check(z.gte(0, OVERLAP), z.lte(MAX_OVERLAP_HOURS, OVERLAP)), DEFAULT_OVERLAP_HOURS),
  }),
  'token.revoke': act('token.revoke', { credential: plainText }),
};
