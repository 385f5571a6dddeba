import * as z from 'zod/mini';

/**
 * What a function needs from its stack. `lib/` types its variables by this; nothing else reads them.
 *
 * There is no base URL among them: it comes from the request, because a stack whose functions know their API's
 * address is a cycle.
 */
const variables = z.object({
  TABLE_NAME: z.string().check(z.minLength(1)),
  /** Name or ARN of the Secrets Manager secret that holds the tenant's credentials. */
  SECRET_ID: z.string().check(z.minLength(1)),
  /** URL of the queue of what requests have left to be done. */
  QUEUE_URL: z.string().check(z.minLength(1)),
  /** URL of the queue of what was put aside. */
  DEAD_LETTER_QUEUE_URL: z.string().check(z.minLength(1)),
  /** How long a removed resource can be restored. */
  RETENTION_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  /** The tenant's name, for log lines. */
  TENANT: z.string().check(z.minLength(1)),
  /** Whether log lines name people, or have a keyed hash in the place of a name. */
  AUDIT_IDENTIFIERS: z.enum(['plain', 'hashed']),
  /** Whether events carry what resources are, or only that they have changed. */
  EVENT_VALUES: z.enum(['none', 'profile']),
  /** For how long events can be read. */
  EVENT_RETENTION_DAYS: z.coerce.number().check(z.int(), z.gte(1)),
  /** Bus that events are sent to as well; empty where there is none. */
  EVENT_BUS_NAME: z.string(),
  /** Path between the stage and `/Users`: empty, or `/scim/v2` with a leading and no trailing slash. */
  BASE_PATH: z.string().check(z.regex(/^(\/[^/\s]+)*$/, 'must be empty or begin with, and not end in, a slash')),
});

/** Set by hand or by the local server, never by the stack. */
const overrides = z.object({
  /** Base URL for Location and `$ref` where the request cannot know it: behind a tunnel, or locally. */
  PUBLIC_URL: z.optional(z.string()),
  /** For how long a function goes by the settings it has read; never longer than the 30 s that is promised. */
  SETTINGS_SECONDS: z.optional(z.coerce.number().check(z.gte(0), z.lte(30))),
});

export type Environment = z.output<typeof variables> & z.output<typeof overrides>;

/** The stack's half of the contract: every variable a function reads, as the strings Lambda will hand it. */
export type StackEnvironment = Readonly<Record<keyof z.output<typeof variables>, string>>;

/** @throws {TypeError} naming each variable that is missing or malformed. */
export function readEnvironment(from: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const parsed = z.extend(variables, overrides.shape).safeParse(from);
  if (!parsed.success) throw new TypeError(`environment: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
