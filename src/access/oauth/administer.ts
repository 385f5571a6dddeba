import { AdminRefusal } from '../admin-refusal.ts';
import type { RequestOf } from '../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../administration.ts';
import { addCredential } from '../credential-changes.ts';
import type { CredentialList } from '../credential-list.ts';
import type { Grantee } from '../credentials/access-token.ts';
import { changeOne } from '../credentials/administer/find-credential.ts';
import { applicationFor, requireStillThere } from '../credentials/administer/issue.ts';
import type { CredentialOf } from '../credentials/credential.ts';
import { hashOf } from '../credentials/digest.ts';
import type { StoreCall } from '../ports.ts';
import { newToken } from '../token.ts';
import type { ClientAnswer, CreatedClient, ListedClients } from './answers.ts';
import { clientIdFor, newEntry } from './issue-client.ts';
import { isGrantee, toClient } from './show-client.ts';

/**
 * Makes a client secret, of the client that the application is already, if it is one.
 *
 * @throws {AdminRefusal} when there is no such application, or it or the secret would hold too many
 */
export async function createClient(
  administration: Administration,
  request: RequestOf<'client.create'>,
  call: StoreCall,
): Promise<Administered<CreatedClient>> {
  const clientSecret = newToken(administration.randomBytes);
  const { result, event } = await add(administration, request, call, (entry) => ({
    ...entry,
    kind: 'oauth-client',
    hash: hashOf(clientSecret),
  }));
  return { result: { clientSecret, ...result }, event };
}

/**
 * Trusts the assertions of an issuer about a subject, in place of a client secret.
 *
 * @throws {AdminRefusal} as {@link createClient}
 */
export const federateClient = (
  administration: Administration,
  request: RequestOf<'client.federate'>,
  call: StoreCall,
): Promise<Administered<ClientAnswer>> => {
  const { issuer, subject, audiences, jwksUri, reuse } = request;
  const trust = { issuer, subject, audiences, ...(jwksUri !== undefined && { jwksUri }), reuse };
  return add(administration, request, call, (entry) => ({ ...entry, kind: 'oauth-federation', ...trust }));
};

export async function listClients(
  { credentials, lastUses, now }: Administration,
  request: RequestOf<'client.list'>,
  call: StoreCall,
): Promise<Administered<ListedClients>> {
  const at = new Date(now());
  const [{ credentials: all }, used] = await Promise.all([credentials.readCredentials(), lastUses.list(call)]);
  const clients = all
    .filter(isGrantee)
    .filter(({ application }) => request.application === undefined || application === request.application)
    .toSorted((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt));
  return { result: { clients: clients.map((client) => toClient(client, at, used.get(client.id))) }, event: eventOf(request, at) };
}

/** @throws {AdminRefusal} when no client secret or federation has this id */
export async function revokeClient(
  { credentials, now }: Administration,
  request: RequestOf<'client.revoke'>,
): Promise<Administered<ClientAnswer>> {
  const at = new Date(now());
  const revoked = await changeOne(
    credentials,
    (list) => granteeIn(list, request.credential),
    () => undefined,
  );
  return { result: { client: toClient(revoked, at) }, event: eventOf(request, at, traceOf(revoked)) };
}

function granteeIn({ credentials }: CredentialList, id: string): Grantee {
  const found = credentials.filter(isGrantee).find((grantee) => grantee.id === id);
  if (found === undefined) throw new AdminRefusal(`There is no client secret or federation "${id}": "scim client list" shows their ids.`);
  return found;
}

type NewEntry = ReturnType<typeof newEntry> & { readonly clientId: string };
type NewGrantee = CredentialOf<'oauth-client'> | CredentialOf<'oauth-federation'>;

async function add(
  administration: Administration,
  request: RequestOf<'client.create'> | RequestOf<'client.federate'>,
  call: StoreCall,
  complete: (entry: NewEntry) => NewGrantee,
): Promise<Administered<ClientAnswer>> {
  const at = new Date(administration.now());
  await applicationFor(administration, request.application, at, call);
  const entry = newEntry(request, administration.randomBytes, at);
  let added: Grantee | undefined;
  await administration.credentials.changeCredentials((list) => {
    // Of two that are made at once for an application that is no client yet, the second joins the first.
    const own = list.credentials.filter(isGrantee).find(({ id }) => id === entry.id);
    added = own ?? complete({ ...entry, clientId: clientIdFor(entry.application, list, administration.randomBytes) });
    return addCredential(list, added, at);
  });
  if (!added) throw new TypeError('a change of the credentials came back without having been decided');
  await requireStillThere(administration, added, at, call);
  return { result: { client: toClient(added, at) }, event: eventOf(request, at, traceOf(added)) };
}

const traceOf = ({ application, id }: Grantee) => ({ application, credential: id });
