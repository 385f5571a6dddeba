import { ScimError } from '../scim/errors.ts';
import { CredentialCache, type CredentialCacheOptions } from './credential-cache.ts';
import type { CredentialList } from './credential-list.ts';
import { acceptor } from './credentials/accept.ts';
import type { Principal } from './principal.ts';

/**
 * Says who is calling.
 *
 * @throws {ScimError} unauthorized — always with the same detail, so that a caller learns nothing from it
 * @throws {ScimError} unavailable — the vault is out of reach and what is remembered of it does not suffice
 */
export type Authenticate = (authorizationHeader: string | undefined) => Promise<Principal>;

/** Make one per process: it holds the caches. */
export function authenticator(options: CredentialCacheOptions): Authenticate {
  const cache = new CredentialCache(options);
  const recognise = acceptor();
  return async (authorizationHeader) => {
    const presented = bearerToken(authorizationHeader);
    const accept = presented === undefined ? undefined : recognise(presented);
    if (!accept) throw new ScimError('unauthorized');
    const acceptedBy = async (list: Promise<CredentialList>) => accept((await list).credentials, new Date(options.now()));
    const principal = (await acceptedBy(cache.toAccept())) ?? (await acceptedBy(cache.toRefuse()));
    if (!principal) throw new ScimError('unauthorized');
    return principal;
  };
}

/** RFC 6750 §2.1; blanks that came along when the token was pasted are forgiven. */
const bearerToken = (header: string | undefined): string | undefined => /^\s*bearer\s+(\S.*)$/is.exec(header ?? '')?.[1]?.trim();
