import type { CredentialCache } from '../credential-cache.ts';
import type { CredentialList } from '../credential-list.ts';
import { type CredentialOf, isLive } from '../credentials/credential.ts';
import { digest, isDigest } from '../credentials/digest.ts';
import { isWellFormedToken } from '../token.ts';
import { OAuthError, type RefusalReason } from './refusal.ts';

export type CredentialLists = Pick<CredentialCache, 'toAccept' | 'toRefuse'>;

type Client = CredentialOf<'oauth-client'>;
type Federation = CredentialOf<'oauth-federation'>;

/**
 * Finds the client that a secret belongs to. Every secret is compared, in constant time, whatever client it is of.
 *
 * @throws {OAuthError} invalid_client — the same for an unknown client and for a wrong or expired secret
 * @throws {ScimError} unavailable — the vault is out of reach
 */
export async function findBySecret(clientId: string, secret: string, lists: CredentialLists, now: Date): Promise<Client> {
  if (!isWellFormedToken(secret)) throw notAccepted('wrongSecret');
  const candidate = digest(secret);
  const matching = ({ credentials }: CredentialList): readonly Client[] =>
    credentials
      .filter((credential) => credential.kind === 'oauth-client')
      .filter(({ hash }) => isDigest(candidate, hash))
      .filter((client) => client.clientId === clientId);
  const find = (list: CredentialList) => matching(list).find((client) => isLive(client, now));
  const found = find(await lists.toAccept());
  if (found) return found;
  const list = await lists.toRefuse();
  const foundSince = find(list);
  if (foundSince) return foundSince;
  throw notAccepted(reasonFor(clientId, matching(list), list));
}

/**
 * Finds the federations whose issuer and subject an assertion names; it may name the client too.
 *
 * @throws {OAuthError} invalid_client — there is none
 * @throws {ScimError} unavailable — the vault is out of reach
 */
export async function findFederations(
  clientId: string | undefined,
  stated: { readonly issuer: string; readonly subject: string },
  lists: CredentialLists,
  now: Date,
): Promise<readonly Federation[]> {
  const matching = ({ credentials }: CredentialList): readonly Federation[] =>
    credentials
      .filter((credential) => credential.kind === 'oauth-federation')
      .filter(({ issuer, subject }) => issuer === stated.issuer && subject === stated.subject)
      .filter((federation) => clientId === undefined || federation.clientId === clientId);
  const live = (list: CredentialList) => matching(list).filter((federation) => isLive(federation, now));
  const known = live(await lists.toAccept());
  if (known.length > 0) return known;
  const list = await lists.toRefuse();
  const knownSince = live(list);
  if (knownSince.length > 0) return knownSince;
  if (matching(list).length > 0) throw notAccepted('expiredCredential');
  throw new OAuthError(
    'invalid_client',
    `No federation here has the issuer "${stated.issuer.slice(0, SHOWN_CHARACTERS)}" together with the subject of the assertion, for this client.`,
    { reason: 'unknownFederation' },
  );
}

const SHOWN_CHARACTERS = 200;

function reasonFor(clientId: string, expired: readonly Client[], { credentials }: CredentialList): RefusalReason {
  if (expired.length > 0) return 'expiredCredential';
  const isKnown = credentials.some((credential) => 'clientId' in credential && credential.clientId === clientId);
  return isKnown ? 'wrongSecret' : 'unknownClient';
}

const notAccepted = (reason: RefusalReason): OAuthError =>
  new OAuthError('invalid_client', 'The credentials of the client are not accepted.', { reason });
