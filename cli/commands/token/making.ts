import * as z from 'zod/mini';
import type { CredentialSummary } from '../../../src/access/admin-answer.ts';
import { SCOPES, type Scope } from '../../../src/access/principal.ts';
import { type Flag, UsageError } from '../../command.ts';
import { describeExpiry } from '../../expiry.ts';
import type { Terminal } from '../../terminal.ts';
import { APPLICATION_FLAG } from '../app/application-option.ts';

/** What every command takes that makes a credential, whatever that may do. */
export const ISSUING_FLAGS: readonly Flag[] = [
  APPLICATION_FLAG,
  { flags: '--name <text>', summary: 'what the lists call it, such as the client it is for' },
  { flags: '--expires-in-days <number>', summary: 'days until it expires (default: as the application has it, or else 365)' },
  { flags: '--never-expires', summary: 'let it be accepted until it is revoked' },
];

/** What one takes that makes the first of its kind. */
export const MAKING_FLAGS: readonly Flag[] = [
  ...ISSUING_FLAGS,
  { flags: '--scope <scope>', summary: 'what it may do at most (default: full)', choices: SCOPES },
];

export const makingOptions = {
  app: z.optional(z.string()),
  name: z.optional(z.string()),
  expiresInDays: z.optional(z.string().check(z.regex(/^\d{1,6}$/, '--expires-in-days takes a whole number of days'))),
  neverExpires: z.optional(z.literal(true)),
  scope: z.optional(z.enum(SCOPES)),
};

type Making = {
  readonly app?: string | undefined;
  readonly name?: string | undefined;
  readonly expiresInDays?: string | undefined;
  readonly neverExpires?: true | undefined;
  readonly scope?: Scope | undefined;
};

/** @throws {UsageError} when two of the flags contradict each other */
export function makingOf({ app, name, expiresInDays: days, neverExpires, scope }: Making) {
  if (days !== undefined && neverExpires) throw new UsageError('--expires-in-days and --never-expires exclude each other.');
  const expiresInDays = neverExpires ? ('never' as const) : days === undefined ? undefined : Number(days);
  return { application: app, name, scope, expiresInDays };
}

const OF_SCOPE: Readonly<Record<string, string>> = {
  read: 'It may only read: Test Connection will pass, and every user and group that is to be written will be refused with 403.',
  events: 'It is for an application that follows the directory: it reads events and resources, and writes nothing.',
};

/** Says what was made, and what is odd about it. */
export function describeMade(what: string, { id, name, application, scope, expiresAt }: CredentialSummary, terminal: Terminal): void {
  terminal.say(
    `${what} ${id} "${name}" of application ${application}, scope ${scope}, expires ${describeExpiry(expiresAt, terminal.now())}.`,
  );
  const said = OF_SCOPE[scope];
  if (said !== undefined) terminal.say(said);
}
