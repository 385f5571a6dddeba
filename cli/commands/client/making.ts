import * as z from 'zod/mini';
import { SCOPES } from '../../../src/access/principal.ts';
import type { Flag } from '../../command.ts';
import { APPLICATION_FLAG, applicationOption } from '../app/application-option.ts';

export const NAME_FLAG: Flag = { flags: '--name <text>', summary: 'what the list calls it, such as where it is pasted' };

/** What every command takes that makes a client secret or a federation. */
export const MAKING_FLAGS: readonly Flag[] = [
  APPLICATION_FLAG,
  NAME_FLAG,
  { flags: '--access-token-minutes <number>', summary: 'how long an access token is good, 60 to 360 (default: 60)' },
  { flags: '--scope <scope>', summary: 'what it may do at most (default: full)', choices: SCOPES },
];

export const makingOptions = {
  ...applicationOption,
  name: z.optional(z.string()),
  accessTokenMinutes: z.optional(wholeNumber('--access-token-minutes')),
  scope: z.optional(z.enum(SCOPES)),
};

/** A number as it is typed; whether it is within bounds is for the admin function to say. */
export function wholeNumber(flag: string) {
  return z.string().check(z.regex(/^\d{1,6}$/, `${flag} takes a whole number`));
}

export const asNumber = (typed: string | undefined): number | undefined => (typed === undefined ? undefined : Number(typed));
