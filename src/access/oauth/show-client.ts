import { summarise } from '../admin-answer.ts';
import type { Grantee } from '../credentials/access-token.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Client } from './answers.ts';

export const isGrantee = (credential: Credential): credential is Grantee =>
  credential.kind === 'oauth-client' || credential.kind === 'oauth-federation';

export const toClient = (grantee: Grantee, at: Date, lastUsedAt?: string): Client => ({
  ...summarise(grantee, at, lastUsedAt),
  clientId: grantee.clientId,
  accessTokenMinutes: grantee.accessTokenMinutes,
  ...(grantee.kind === 'oauth-federation' && { federation: federationOf(grantee) }),
});

const federationOf = ({ issuer, subject, audiences, jwksUri, reuse }: Extract<Grantee, { kind: 'oauth-federation' }>) => ({
  issuer,
  subject,
  audiences,
  ...(jwksUri !== undefined && { jwksUri }),
  reuse,
});
