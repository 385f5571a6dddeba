import type { CredentialList } from '../credential-list.ts';
import { newId } from '../credentials/administer/issue.ts';
import type { Scope } from '../principal.ts';
import { isGrantee } from './show-client.ts';

const DAY_MS = 24 * 60 * 60_000;

type RandomBytes = (size: number) => Uint8Array;

type Wanted = {
  readonly application: string;
  readonly name?: string | undefined;
  readonly expiresInDays: number | 'never';
  readonly accessTokenMinutes: number;
  readonly scope: Scope;
};

/** What a client secret and a federation have in common when they are made. */
export const newEntry = ({ application, name, expiresInDays, accessTokenMinutes, scope }: Wanted, randomBytes: RandomBytes, at: Date) => ({
  id: newId(randomBytes),
  application,
  name: name ?? `made ${at.toISOString().slice(0, 10)}`,
  createdAt: at.toISOString(),
  expiresAt: expiresInDays === 'never' ? null : new Date(at.getTime() + expiresInDays * DAY_MS).toISOString(),
  scope,
  accessTokenKey: Buffer.from(randomBytes(32)).toString('base64url'),
  accessTokenMinutes,
});

/** A client keeps its id however often its secret changes, so that only the secret has to be pasted anew. */
export function clientIdFor(application: string, { credentials }: CredentialList, randomBytes: RandomBytes): string {
  const known = credentials.filter(isGrantee).findLast((grantee) => grantee.application === application);
  return known?.clientId ?? Buffer.from(randomBytes(16)).toString('hex');
}
