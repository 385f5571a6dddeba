import type * as z from 'zod/mini';
import { isObject, type Json } from '../../scim/json.ts';
import { identifierPasswordSchema } from './identifier-password.ts';
import { oauthClientSchema } from './oauth-client.ts';
import { oauthFederationSchema } from './oauth-federation.ts';
import { tokenSchema } from './token.ts';

const SCHEMAS = {
  token: tokenSchema,
  'identifier-password': identifierPasswordSchema,
  'oauth-client': oauthClientSchema,
  'oauth-federation': oauthFederationSchema,
};

export type CredentialKind = keyof typeof SCHEMAS;

/** One credential as the vault holds it; the file of its kind says how it is presented and compared. */
export type Credential = { readonly [Kind in CredentialKind]: Readonly<z.output<ReturnType<(typeof SCHEMAS)[Kind]>>> }[CredentialKind];
export type CredentialOf<Kind extends CredentialKind> = Extract<Credential, { readonly kind: Kind }>;

export const isLive = ({ expiresAt }: Pick<Credential, 'expiresAt'>, now: Date): boolean =>
  expiresAt === null || now.getTime() < Date.parse(expiresAt);

/** Undefined for an entry of a later kind, or a damaged one. */
export function parseCredential(entry: Json): Credential | undefined {
  const kind = isObject(entry) ? entry['kind'] : undefined;
  return isKind(kind) ? SCHEMAS[kind]().safeParse(entry).data : undefined;
}

const isKind = (kind: Json | undefined): kind is CredentialKind => typeof kind === 'string' && Object.hasOwn(SCHEMAS, kind);
