import type { CreatedToken, ListedTokens, RevokedToken } from './admin-answer.ts';
import { summarise } from './admin-answer.ts';
import { AdminRefusal } from './admin-refusal.ts';
import type { AdminAct, RequestOf } from './admin-request.ts';
import { defaultApplication } from './application.ts';
import { addCredential, removeCredential } from './credential-changes.ts';
import { describeUnreadable } from './credential-list.ts';
import type { Credential } from './credentials/credential.ts';
import { hashOf } from './credentials/digest.ts';
import type { ApplicationRepository, CredentialStore, StoreCall } from './ports.ts';
import { newToken } from './token.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Who did what to which credential, and when; a line of the audit log. */
type AdminEvent = {
  readonly event: 'admin';
  readonly act: AdminAct;
  readonly by: string;
  readonly application?: string;
  readonly credential?: string;
  readonly schemas?: readonly string[];
  readonly resourceType?: string;
  readonly resourceId?: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly dryRun?: true;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

export type Administration = {
  readonly credentials: CredentialStore;
  readonly applications: ApplicationRepository;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};

/** What an act led to, for the caller, and the trace of it, for the audit log. */
export type Administered<Result> = { readonly result: Result; readonly event: AdminEvent };

/**
 * Makes a token and, with a tenant's first one, the application it belongs to.
 *
 * @throws {AdminRefusal} when the application or the secret would hold too many
 */
export async function createToken(
  { credentials, applications, now, randomBytes }: Administration,
  request: RequestOf<'token.create'>,
  call: StoreCall,
): Promise<Administered<CreatedToken>> {
  const at = new Date(now());
  const token = newToken(randomBytes);
  const id = Buffer.from(randomBytes(5)).toString('hex');
  const credential = issue(request, { id, token, at });
  await applications.create(defaultApplication(at.toISOString()), call);
  await credentials.changeCredentials((list) => addCredential(list, credential, at));
  return { result: { token, credential: summarise(credential, at) }, event: eventOf(request, at, traceOf(credential)) };
}

export async function listTokens(
  { credentials, now }: Administration,
  request: RequestOf<'token.list'>,
): Promise<Administered<ListedTokens>> {
  const at = new Date(now());
  const list = await credentials.readCredentials();
  const oldestFirst = list.credentials.toSorted((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt));
  return {
    result: {
      credentials: oldestFirst.map((credential) => summarise(credential, at)),
      unreadable: list.unreadable.map(describeUnreadable),
    },
    event: eventOf(request, at),
  };
}

/** @throws {AdminRefusal} when there is no such credential */
export async function revokeToken(
  { credentials, now }: Administration,
  request: RequestOf<'token.revoke'>,
): Promise<Administered<RevokedToken>> {
  const at = new Date(now());
  let seen: Credential | undefined;
  await credentials.changeCredentials((list) => {
    const found = list.credentials.find(({ id }) => id === request.credential);
    if (!found && !seen) throw new AdminRefusal(`There is no credential "${request.credential}": the list of tokens shows their ids.`);
    seen ??= found;
    return found && removeCredential(list, found);
  });
  if (!seen) throw new TypeError('a change of the credentials came back without having been decided');
  return { result: { credential: summarise(seen, at) }, event: eventOf(request, at, traceOf(seen)) };
}

type Secret = { readonly id: string; readonly token: string; readonly at: Date };

const issue = ({ application, name, expiresInDays, scope }: RequestOf<'token.create'>, { id, token, at }: Secret): Credential => ({
  id,
  application,
  name: name ?? `made ${at.toISOString().slice(0, 10)}`,
  kind: 'token',
  hash: hashOf(token),
  createdAt: at.toISOString(),
  expiresAt: expiresInDays === 'never' ? null : new Date(at.getTime() + expiresInDays * DAY_MS).toISOString(),
  scope,
});

const traceOf = ({ application, id }: Credential) => ({ application, credential: id });

export const eventOf = (
  { act, by }: { readonly act: AdminAct; readonly by: string },
  at: Date,
  concerned: Omit<AdminEvent, 'event' | 'act' | 'by' | 'at'> = {},
): AdminEvent => ({ event: 'admin', act, by, ...concerned, at: at.toISOString() });
