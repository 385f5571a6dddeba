import { ScimError } from '../scim/errors.ts';
import { acceptCredential } from './credential.ts';
import { CredentialCache, type CredentialCacheOptions } from './credential-cache.ts';
import type { Principal } from './principal.ts';
import { isWellFormedToken } from './token.ts';

/**
 * Says who is calling.
 *
 * @throws {ScimError} unauthorized — always with the same detail, so that a caller learns nothing from it
 * @throws {ScimError} unavailable — the vault is out of reach and what is remembered of it does not suffice
 */
export type Authenticate = (authorizationHeader: string | undefined) => Promise<Principal>;

/** Make one per process: it holds the cache. */
export function authenticator(options: CredentialCacheOptions): Authenticate {
  const cache = new CredentialCache(options);
  return async (authorizationHeader) => {
    const token = bearerToken(authorizationHeader);
    if (token === undefined || !isWellFormedToken(token)) throw new ScimError('unauthorized');
    const acceptedBy = async (list: ReturnType<CredentialCache['toAccept']>) =>
      acceptCredential(token, (await list).credentials, new Date(options.now()));
    const principal = (await acceptedBy(cache.toAccept())) ?? (await acceptedBy(cache.toRefuse()));
    if (!principal) throw new ScimError('unauthorized');
    return principal;
  };
}

/** RFC 6750 §2.1; blanks that came along when the token was pasted are forgiven. */
const bearerToken = (header: string | undefined): string | undefined => /^\s*bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
