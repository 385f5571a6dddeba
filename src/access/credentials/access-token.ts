import { isSignedWith, readAccessToken } from '../access-token.ts';
import type { CredentialOf } from './credential.ts';
import type { Recognise } from './recognise.ts';

/** The kinds that the token endpoint gives access tokens out for. */
export type Grantee = CredentialOf<'oauth-client'> | CredentialOf<'oauth-federation'>;

/**
 * Recognises an access token by the signature of the credential it was given out for, which it stands for until the
 * earlier of the two expires.
 */
export const recogniseAccessToken: Recognise<Grantee> = (presented) => {
  const token = readAccessToken(presented);
  if (token === undefined) return undefined;
  return async (grantees) =>
    grantees
      .filter(({ accessTokenKey }) => isSignedWith(accessTokenKey, token))
      .filter(({ id }) => id === token.credential)
      .map((grantee) => ({ ...grantee, expiresAt: earlier(grantee.expiresAt, token.expiresAtMs) }));
};

const earlier = (expiresAt: string | null, atMs: number): string =>
  new Date(Math.min(expiresAt === null ? atMs : Date.parse(expiresAt), atMs)).toISOString();
