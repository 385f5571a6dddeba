import { createHmac } from 'node:crypto';
import { fold } from '../scim/fold.ts';
import { HASHED } from '../scim/hashed-identifier.ts';
import type { CredentialList } from './credential-list.ts';
import type { CredentialSource, CredentialStore } from './ports.ts';

const KEY_BYTES = 32;

/** What stands for an identifier in the log: the same for every spelling that counts as the same. */
export const hashIdentifier = (key: string, identifier: string): string =>
  HASHED + createHmac('sha256', Buffer.from(key, 'base64url')).update(fold(identifier)).digest('base64url');

/** Gives the tenant's key, and makes it if it has none. */
export async function ensureIdentifierKey(
  credentials: CredentialStore,
  randomBytes: (size: number) => Uint8Array,
): Promise<string | undefined> {
  const made = Buffer.from(randomBytes(KEY_BYTES)).toString('base64url');
  let key: string | undefined;
  await credentials.changeCredentials((list) => {
    key = list.identifierKey ?? made;
    return list.identifierKey === undefined ? { ...list, identifierKey: made } : undefined;
  });
  return key;
}

/** The same source, and the key that was in the list when it was last read: asking for it costs no call. */
export function rememberingKey(source: CredentialSource): { readonly source: CredentialSource; readonly key: () => string | undefined } {
  let last: CredentialList | undefined;
  const readCredentials = async (): Promise<CredentialList> => {
    last = await source.readCredentials();
    return last;
  };
  return { source: { readCredentials }, key: () => last?.identifierKey };
}
