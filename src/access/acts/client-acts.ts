import * as z from 'zod/mini';
import { MAX_AUDIENCES } from '../credentials/oauth-federation.ts';
import { isTrustworthy } from '../oauth/trustworthy-url.ts';
import { act, application, applicationKey, plainText, scope, scopeMeant } from './fields.ts';

/** Microsoft asks for client secrets that are good for one to three years. */
const MIN_EXPIRY_DAYS = 365;
const MAX_EXPIRY_DAYS = 1_096;
const DEFAULT_EXPIRY_DAYS = 731;
const MAX_FEDERATION_DAYS = 3_650;
const MAX_OVERLAP_HOURS = 720;
const DEFAULT_OVERLAP_HOURS = 72;
const MAX_TEXT_CHARACTERS = 1_024;

/** A whole number within bounds; what is said of any other says both. */
function wholeNumber(unit: string, least: number, most: number) {
  const words = `must be a whole number of ${unit} from ${least} to ${most}`;
  return z.int(words).check(z.gte(least, words), z.lte(most, words));
}

const TEXT = `must be text of 1 to ${MAX_TEXT_CHARACTERS} characters without blanks and control characters`;
const text = z.string(TEXT).check(z.maxLength(MAX_TEXT_CHARACTERS, TEXT), z.regex(/^[^\s\p{Cc}]+$/u, TEXT));
const ADDRESS = 'must be a URL that begins with https://';
const address = text.check(z.refine(isTrustworthy, ADDRESS));
const AUDIENCES = `must be a list of 1 to ${MAX_AUDIENCES} audiences`;

const common = {
  application,
  name: z.optional(plainText),
  accessTokenMinutes: z._default(wholeNumber('minutes', 60, 360), 60),
  scope,
};
const expiresInDays = z._default(wholeNumber('days', MIN_EXPIRY_DAYS, MAX_EXPIRY_DAYS), DEFAULT_EXPIRY_DAYS);

export const CLIENT_ACTS = {
  'client.create': act('client.create', { ...common, expiresInDays }),
  'client.federate': act('client.federate', {
    ...common,
    issuer: address,
    subject: text,
    audiences: z.readonly(z.array(text, AUDIENCES).check(z.minLength(1, AUDIENCES), z.maxLength(MAX_AUDIENCES, AUDIENCES))),
    jwksUri: z.optional(address),
    reuse: z._default(z.enum(['refuse', 'allow'], 'must be "refuse" or "allow"'), 'refuse'),
    /** There is no secret that could leak, so it need not end. */
    expiresInDays: z._default(
      z.union(
        [wholeNumber('days', 1, MAX_FEDERATION_DAYS), z.literal('never')],
        `must be a whole number of days from 1 to ${MAX_FEDERATION_DAYS}, or "never"`,
      ),
      'never',
    ),
  }),
  'client.list': act('client.list', { application: z.optional(applicationKey) }),
  'client.rotate': act('client.rotate', {
    application,
    name: z.optional(plainText),
    scope: scopeMeant,
    expiresInDays,
    /** How long the older secrets are still accepted. */
    overlapHours: z._default(wholeNumber('hours', 0, MAX_OVERLAP_HOURS), DEFAULT_OVERLAP_HOURS),
  }),
  'client.revoke': act('client.revoke', { credential: plainText }),
};
