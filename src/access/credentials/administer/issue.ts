import type { Administration } from '../../administration.ts';
import type { Application } from '../../application.ts';
import { applicationIn, withDefault } from '../../applications/find-application.ts';
import type { Issuing } from '../../issuing.ts';
import type { StoreCall } from '../../ports.ts';
import type { Scope } from '../../principal.ts';
import type { Credential } from '../credential.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What an act says about a credential that is to be made. */
export type Wanted = {
  readonly application: string;
  readonly name?: string | undefined;
  readonly expiresInDays?: Issuing['expiresInDays'] | undefined;
  readonly scope: Scope;
};

/** What a new entry of the vault says, whatever its kind; the application decides what the act leaves open. */
export function issue({ application, name, expiresInDays, scope }: Wanted, { credentials }: Application, { id, at }: Issued) {
  const days = expiresInDays ?? credentials.expiresInDays;
  return {
    id,
    application,
    name: name ?? `made ${at.toISOString().slice(0, 10)}`,
    createdAt: at.toISOString(),
    expiresAt: days === 'never' ? null : new Date(at.getTime() + days * DAY_MS).toISOString(),
    scope,
  };
}

type Issued = { readonly id: string; readonly at: Date };

export const newId = (randomBytes: Administration['randomBytes']): string => Buffer.from(randomBytes(5)).toString('hex');

/**
 * Finds the application that a credential is made for; the default one is stored with its first credential.
 *
 * @throws {AdminRefusal} when there is none
 */
export async function applicationFor(
  { applications }: Pick<Administration, 'applications'>,
  key: string,
  at: Date,
  call: StoreCall,
): Promise<Application> {
  const all = await applications.list(call);
  const application = applicationIn(all, key, at);
  if (!all.includes(application)) await applications.create(application, call);
  return application;
}

/**
 * Takes a credential back whose application was deleted while it was made: whoever makes another application of the same key would
 * let it in.
 *
 * @throws {AdminRefusal} when that has happened
 */
export async function requireStillThere(
  { applications, credentials }: Pick<Administration, 'applications' | 'credentials'>,
  { id, application }: Pick<Credential, 'id' | 'application'>,
  at: Date,
  call: StoreCall,
): Promise<void> {
  const all = await applications.list(call);
  if (withDefault(all, at).some(({ key }) => key === application)) return;
  await credentials.changeCredentials((list) => ({ ...list, credentials: list.credentials.filter((other) => other.id !== id) }));
  applicationIn(all, application, at);
}
