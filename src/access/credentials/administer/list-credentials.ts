import { type ListedTokens, summarise } from '../../admin-answer.ts';
import type { RequestOf } from '../../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../../administration.ts';
import { describeUnreadable } from '../../credential-list.ts';
import type { StoreCall } from '../../ports.ts';
import type { Credential } from '../credential.ts';
import { isAccount } from './find-credential.ts';

/** Lists credentials of every kind, the oldest first. */
export const listTokens = (administration: Administration, request: RequestOf<'token.list'>, call: StoreCall) =>
  list(administration, request, call, () => true);

/** The same for accounts alone. */
export const listAccounts = (administration: Administration, request: RequestOf<'account.list'>, call: StoreCall) =>
  list(administration, request, call, isAccount);

async function list(
  { credentials, lastUses, now }: Administration,
  request: RequestOf<'token.list'> | RequestOf<'account.list'>,
  call: StoreCall,
  isWanted: (credential: Credential) => boolean,
): Promise<Administered<ListedTokens>> {
  const at = new Date(now());
  const [stored, used] = await Promise.all([credentials.readCredentials(), lastUses.list(call)]);
  const isOfApplication = ({ application }: Credential) => request.application === undefined || application === request.application;
  const wanted = stored.credentials.filter((credential) => isWanted(credential) && isOfApplication(credential));
  const oldestFirst = wanted.toSorted((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt));
  return {
    result: {
      credentials: oldestFirst.map((credential) => summarise(credential, at, used.get(credential.id))),
      unreadable: stored.unreadable.map(describeUnreadable),
    },
    event: eventOf(request, at, request.application === undefined ? {} : { application: request.application }),
  };
}
