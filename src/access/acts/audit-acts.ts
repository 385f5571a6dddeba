import * as z from 'zod/mini';
import { act } from './fields.ts';

const MAX_IDENTIFIER = 1_024;
const IDENTIFIER = `must be text of 1 to ${MAX_IDENTIFIER} characters`;

export const AUDIT_ACTS = {
  'audit.identify': act('audit.identify', {
    /** A name that a user or group has or had. */
    identifier: z.string(IDENTIFIER).check(z.minLength(1, IDENTIFIER), z.maxLength(MAX_IDENTIFIER, IDENTIFIER)),
  }),
};
