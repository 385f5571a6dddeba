import { AdminRefusal } from './admin-refusal.ts';
import { type CredentialList, printCredentialList } from './credential-list.ts';
import { type Credential, isLive } from './credentials/credential.ts';

const MAX_LIVE_PER_APPLICATION = 10;
/** What Secrets Manager takes as one value. */
const MAX_SECRET_BYTES = 65_536;
/** How long an expired credential stays listed, so that an operator sees why a client is refused. */
const EXPIRED_KEPT_MS = 30 * 24 * 60 * 60_000;

/**
 * Adds a credential; one whose id is there already is left alone, because it is our own, added by an attempt whose
 * answer was lost.
 *
 * @throws {AdminRefusal} when the application or the secret would have too many
 */
export function addCredential(list: CredentialList, added: Credential, now: Date): CredentialList | undefined {
  if (list.credentials.some(({ id }) => id === added.id)) return undefined;
  const kept = list.credentials.filter(({ expiresAt }) => expiresAt === null || now.getTime() - Date.parse(expiresAt) < EXPIRED_KEPT_MS);
  const live = kept.filter((credential) => credential.application === added.application && isLive(credential, now));
  if (live.length >= MAX_LIVE_PER_APPLICATION) {
    throw new AdminRefusal(
      `Application "${added.application}" has ${live.length} live credentials, and ${MAX_LIVE_PER_APPLICATION} is the most it may have: revoke one that is no longer used.`,
    );
  }
  return ofStorableSize({ ...list, credentials: [...kept, added] });
}

/** Lets these run out by then, unless they do so sooner by themselves. */
export const endCredentials = (list: CredentialList, ended: readonly Credential[], endsAt: Date): CredentialList => ({
  ...list,
  credentials: list.credentials.map((credential) =>
    ended.some(({ id }) => id === credential.id) ? endingBy(credential, endsAt) : credential,
  ),
});

export const endingBy = <Ended extends Credential>(credential: Ended, endsAt: Date): Ended =>
  credential.expiresAt !== null && Date.parse(credential.expiresAt) <= endsAt.getTime()
    ? credential
    : { ...credential, expiresAt: endsAt.toISOString() };

function ofStorableSize(list: CredentialList): CredentialList {
  const bytes = Buffer.byteLength(printCredentialList(list));
  if (bytes <= MAX_SECRET_BYTES) return list;
  throw new AdminRefusal(
    `The tenant's credentials would take ${bytes} bytes, and Secrets Manager stores ${MAX_SECRET_BYTES}: revoke some that are no longer used.`,
  );
}
