import { AdminRefusal } from '../admin-refusal.ts';
import type { RequestOf } from '../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../administration.ts';
import { addCredential, endCredentials, endingBy } from '../credential-changes.ts';
import type { CredentialList } from '../credential-list.ts';
import { applicationFor } from '../credentials/administer/issue.ts';
import { type CredentialOf, isLive } from '../credentials/credential.ts';
import { hashOf } from '../credentials/digest.ts';
import type { StoreCall } from '../ports.ts';
import { newToken } from '../token.ts';
import type { RotatedClient } from './answers.ts';
import { newEntry } from './issue-client.ts';
import { toClient } from './show-client.ts';

const HOUR_MS = 60 * 60_000;

type Secret = CredentialOf<'oauth-client'>;
type Rotation = { readonly added: Secret; readonly older: readonly Secret[] };

/**
 * Makes a client secret as the newest one of the application is, and lets those there are run out: of one scope, since those
 * of another are for somebody else.
 *
 * @throws {AdminRefusal} when there is no such application, it has no live secret or those of several scopes and none is
 * named, or it or the vault would hold too many
 */
export async function rotateClient(
  administration: Administration,
  request: RequestOf<'client.rotate'>,
  call: StoreCall,
): Promise<Administered<RotatedClient>> {
  const at = new Date(administration.now());
  await applicationFor(administration, request.application, at, call);
  const clientSecret = newToken(administration.randomBytes);
  const entry = newEntry({ ...request, accessTokenMinutes: 60, scope: request.scope ?? 'full' }, administration.randomBytes, at);
  const endsAt = new Date(at.getTime() + request.overlapHours * HOUR_MS);
  let rotation: Rotation | undefined;
  await administration.credentials.changeCredentials((list) => {
    const isDone = list.credentials.some(({ id }) => id === entry.id);
    if (isDone) return undefined;
    const older = meantBy(request, secretsOf(request.application, list, at));
    const newest = newestOf(older, request);
    const { scope, accessTokenMinutes, clientId } = newest;
    const added: Secret = { ...entry, kind: 'oauth-client', hash: hashOf(clientSecret), scope, accessTokenMinutes, clientId };
    rotation = { added, older: older.map((secret) => endingBy(secret, endsAt)) };
    // Whether there is room for the new one is judged as things are meanwhile, with the older ones still accepted.
    return addCredential(endCredentials(list, older, endsAt), added, at);
  });
  if (!rotation) throw new TypeError('a change of the credentials came back without having been decided');
  const { added, older } = rotation;
  return {
    result: { clientSecret, client: toClient(added, at), older: older.map((secret) => toClient(secret, at)) },
    event: eventOf(request, at, { application: added.application, credential: added.id, counts: { older: older.length } }),
  };
}

const secretsOf = (application: string, { credentials }: CredentialList, at: Date): readonly Secret[] =>
  credentials
    .filter((credential) => credential.kind === 'oauth-client')
    .filter((secret) => secret.application === application && isLive(secret, at));

type Meant = Pick<RequestOf<'client.rotate'>, 'application' | 'scope'>;

function meantBy({ application, scope }: Meant, secrets: readonly Secret[]): readonly Secret[] {
  if (scope !== undefined) return secrets.filter((secret) => secret.scope === scope);
  const scopes = new Set(secrets.map((secret) => secret.scope));
  if (scopes.size < 2) return secrets;
  throw new AdminRefusal(
    `Application "${application}" has live client secrets of the scopes ${[...scopes].join(', ')}: say which are meant, with "scope", such as "scim client rotate --app ${application} --scope ${[...scopes][0]}".`,
  );
}

function newestOf(secrets: readonly Secret[], { application, scope }: Meant): Secret {
  const newest = secrets.toSorted((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt)).at(-1);
  if (newest !== undefined) return newest;
  const [of, flag] = scope === undefined ? ['', ''] : [` of scope ${scope}`, ` --scope ${scope}`];
  throw new AdminRefusal(
    `Application "${application}" has no live client secret${of}: "scim client create --app ${application}${flag}" makes one.`,
  );
}
