import { AdminRefusal } from '../../admin-refusal.ts';
import type { CredentialList } from '../../credential-list.ts';
import type { CredentialStore } from '../../ports.ts';
import type { Credential, CredentialOf } from '../credential.ts';

/** @throws {AdminRefusal} when there is no such credential */
export function credentialIn({ credentials }: CredentialList, id: string): Credential {
  const found = credentials.find((credential) => credential.id === id);
  if (found === undefined) throw new AdminRefusal(`There is no credential "${id}": "scim token list" shows their ids.`);
  return found;
}

/** @throws {AdminRefusal} when no account has this id or identifier */
export function accountIn({ credentials }: CredentialList, named: string): CredentialOf<'identifier-password'> {
  const found = credentials.filter(isAccount).find(({ id, identifier }) => id === named || identifier === named);
  if (found === undefined) throw new AdminRefusal(`There is no account "${named}": "scim account list" shows their ids and identifiers.`);
  return found;
}

export const isAccount = (credential: Credential): credential is CredentialOf<'identifier-password'> =>
  credential.kind === 'identifier-password';

/**
 * Changes one credential, or removes it when `change` says undefined, and gives it as it was before.
 *
 * What `find` throws ends the change, unless an attempt whose answer was lost has found it and done the work already.
 */
export async function changeOne<Found extends Credential>(
  credentials: CredentialStore,
  find: (list: CredentialList) => Found,
  change: (found: Found) => Credential | undefined,
): Promise<Found> {
  const seen: Found[] = [];
  await credentials.changeCredentials((list) => {
    const before = seen[0];
    if (before !== undefined && change(before) === undefined && !list.credentials.some(({ id }) => id === before.id)) return undefined;
    const found = find(list);
    seen.push(found);
    return {
      ...list,
      credentials: list.credentials.flatMap((credential) => (credential.id === found.id ? (change(found) ?? []) : [credential])),
    };
  });
  const [first] = seen;
  if (first === undefined) throw new TypeError('a change of the credentials came back without having been decided');
  return first;
}
