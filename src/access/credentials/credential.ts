import * as z from 'zod/mini';
import { identifierPasswordSchema } from './identifier-password.ts';
import { oauthClientSchema } from './oauth-client.ts';
import { oauthFederationSchema } from './oauth-federation.ts';
import { tokenSchema } from './token.ts';

/** One credential as the vault holds it; the file of its kind says how it is presented and compared. */
export const credentialSchema = z.readonly(
  z.discriminatedUnion('kind', [tokenSchema, identifierPasswordSchema, oauthClientSchema, oauthFederationSchema]),
);

export type Credential = z.output<typeof credentialSchema>;
export type CredentialKind = Credential['kind'];
export type CredentialOf<Kind extends CredentialKind> = Extract<Credential, { readonly kind: Kind }>;

export const isLive = ({ expiresAt }: Pick<Credential, 'expiresAt'>, now: Date): boolean =>
  expiresAt === null || now.getTime() < Date.parse(expiresAt);
