import * as z from 'zod/mini';
import { ADMINISTRATION, DEFAULT_APPLICATION } from '../application.ts';
import { MAX_NAME_CHARACTERS } from '../credentials/common.ts';
import { SCOPES } from '../principal.ts';
import { holdsToken } from '../token.ts';

const PLAIN_TEXT = `must be text of 1 to ${MAX_NAME_CHARACTERS} characters without control characters`;
const NO_TOKEN = 'must not be a token: the log and the list of tokens would show it; a token is named by its id';

/** A name that logs and lists may show. */
export const plainText = z.string(PLAIN_TEXT).check(
  z.minLength(1, PLAIN_TEXT),
  z.maxLength(MAX_NAME_CHARACTERS, PLAIN_TEXT),
  z.regex(/^\P{Cc}*$/u, PLAIN_TEXT),
  z.refine((text) => !holdsToken(text), NO_TOKEN),
);

const KEY = 'must be 1 to 64 lower-case letters, digits and single hyphens';
export const applicationKey = z.string(KEY).check(z.maxLength(64, KEY), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, KEY));

const TAKEN = `must not be "${ADMINISTRATION}", which stands for operators in events and in the log`;

/** What an application may be called that is made. */
export const newApplicationKey = applicationKey.check(z.refine((key) => key !== ADMINISTRATION, TAKEN));

/** Which application is meant, where a tenant may have only the one it begins with. */
export const application = z._default(applicationKey, DEFAULT_APPLICATION);

export const resourceType = z._default(plainText, 'User');

export const dryRun = z._default(z.boolean('must be true or false'), false);

const ID = 'must be an id';
export const id = z.string(ID).check(z.regex(/^[0-9a-f-]{36}$/, ID));

const anyScope = z.enum(SCOPES, 'must be "full", "read" or "events"');

/** What a credential may do at most. */
export const scope = z._default(anyScope, 'full');

/** Which credentials are meant, by that. */
export const scopeMeant = z.optional(anyScope);

/** Declares the request of an act: what it is called, who does it, and what it takes beside. */
export const act = <const Name extends string, Shape extends z.core.$ZodShape>(name: Name, shape: Shape) =>
  z.strictObject({ act: z.literal(name), by: plainText, ...shape });
