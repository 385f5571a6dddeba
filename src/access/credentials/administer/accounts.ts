import { type CreatedAccount, type RevokedToken, summarise } from '../../admin-answer.ts';
import { AdminRefusal } from '../../admin-refusal.ts';
import type { RequestOf } from '../../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../../administration.ts';
import { addCredential } from '../../credential-changes.ts';
import { newIdentifier } from '../../identifier.ts';
import type { StoreCall } from '../../ports.ts';
import type { CredentialOf } from '../credential.ts';
import { bearerTokenOf } from '../identifier-password.ts';
import { hashPassword } from '../password-hash.ts';
import { weaknessesOf } from '../password-strength.ts';
import { accountIn, changeOne } from './find-credential.ts';
import { applicationFor, issue, newId, requireStillThere } from './issue.ts';
import { traceOf } from './tokens.ts';

/**
 * Makes an account: its identifier is generated, its password was chosen.
 *
 * @throws {AdminRefusal} when the password is weak, there is no such application, or it or the secret would hold too many
 */
export async function createAccount(
  administration: Administration,
  request: RequestOf<'account.create'>,
  call: StoreCall,
): Promise<Administered<CreatedAccount>> {
  const { credentials, randomBytes, now } = administration;
  const at = new Date(now());
  const identifier = newIdentifier(randomBytes);
  requireStrong(request.password, identifier);
  const application = await applicationFor(administration, request.application, at, call);
  const account: CredentialOf<'identifier-password'> = {
    ...issue(request, application, { id: newId(randomBytes), at }),
    kind: 'identifier-password',
    identifier,
    hash: await hashPassword(request.password),
  };
  await credentials.changeCredentials((list) => addCredential(list, account, at));
  await requireStillThere(administration, account, at, call);
  return { result: toCreated(account, request.password, at), event: eventOf(request, at, traceOf(account)) };
}

/**
 * Gives an account another password; the one before is refused within 60 s.
 *
 * @throws {AdminRefusal} when there is no such account, or the password is weak
 */
export async function changePassword(
  { credentials, now }: Administration,
  request: RequestOf<'account.password'>,
): Promise<Administered<CreatedAccount>> {
  const at = new Date(now());
  const { identifier } = accountIn(await credentials.readCredentials(), request.credential);
  requireStrong(request.password, identifier);
  const changed = { hash: await hashPassword(request.password), changedAt: at.toISOString() };
  const before = await changeOne(
    credentials,
    (list) => accountIn(list, request.credential),
    (account) => ({ ...account, ...changed }),
  );
  const account = { ...before, ...changed };
  return { result: toCreated(account, request.password, at), event: eventOf(request, at, traceOf(account)) };
}

/** @throws {AdminRefusal} when there is no such account */
export async function revokeAccount(
  { credentials, now }: Administration,
  request: RequestOf<'account.revoke'>,
): Promise<Administered<RevokedToken>> {
  const at = new Date(now());
  const revoked = await changeOne(
    credentials,
    (list) => accountIn(list, request.credential),
    () => undefined,
  );
  return { result: { credential: summarise(revoked, at) }, event: eventOf(request, at, traceOf(revoked)) };
}

function requireStrong(password: string, identifier: string): void {
  const weaknesses = weaknessesOf(password, identifier);
  if (weaknesses.length > 0) throw new AdminRefusal(`The password is too weak: ${weaknesses.join('; ')}.`);
}

const toCreated = (account: CredentialOf<'identifier-password'>, password: string, at: Date): CreatedAccount => ({
  identifier: account.identifier,
  bearerToken: bearerTokenOf(account.identifier, password),
  credential: summarise(account, at),
});
