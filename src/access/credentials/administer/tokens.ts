import { type CreatedToken, type RevokedToken, type RotatedToken, summarise } from '../../admin-answer.ts';
import { AdminRefusal } from '../../admin-refusal.ts';
import type { RequestOf } from '../../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../../administration.ts';
import type { Application } from '../../application.ts';
import { addCredential, endCredentials, endingBy } from '../../credential-changes.ts';
import type { StoreCall } from '../../ports.ts';
import type { Scope } from '../../principal.ts';
import { newToken } from '../../token.ts';
import { type Credential, type CredentialOf, isLive } from '../credential.ts';
import { hashOf } from '../digest.ts';
import { changeOne, credentialIn } from './find-credential.ts';
import { applicationFor, issue, newId, requireStillThere, type Wanted } from './issue.ts';

const HOUR_MS = 60 * 60_000;

/**
 * Makes a token and, with a tenant's first one, the application it belongs to.
 *
 * @throws {AdminRefusal} when there is no such application, when it has another kind of credential made, or when it or
 * the secret would hold too many
 */
export async function createToken(
  administration: Administration,
  request: RequestOf<'token.create'>,
  call: StoreCall,
): Promise<Administered<CreatedToken>> {
  const at = new Date(administration.now());
  const application = await applicationFor(administration, request.application, at, call);
  if (request.kind === undefined) refuseOtherKind(application, KIND_CAN_BE_SAID);
  const { token, credential } = make(administration, request, application, at);
  await administration.credentials.changeCredentials((list) => addCredential(list, credential, at));
  await requireStillThere(administration, credential, at, call);
  return { result: { token, credential: summarise(credential, at) }, event: eventOf(request, at, traceOf(credential)) };
}

/**
 * Makes a token and lets the older ones of its application and scope run out. Where none is named, it may do no more than
 * those there are.
 *
 * @throws {AdminRefusal} as {@link createToken}; where another kind is made, only if there is no token yet
 */
export async function rotateToken(
  administration: Administration,
  request: RequestOf<'token.rotate'>,
  call: StoreCall,
): Promise<Administered<RotatedToken>> {
  const at = new Date(administration.now());
  const application = await applicationFor(administration, request.application, at, call);
  const made = make(administration, { ...request, scope: request.scope ?? 'full' }, application, at);
  let { credential } = made;
  const endsAt = new Date(at.getTime() + request.overlapHours * HOUR_MS);
  let older: readonly Credential[] = [];
  await administration.credentials.changeCredentials((list) => {
    if (list.credentials.some(({ id }) => id === credential.id)) return undefined;
    credential = { ...made.credential, scope: request.scope ?? scopeAmong(list.credentials, credential, at) };
    older = list.credentials.filter((other) => isReplaced(other, credential, at));
    if (older.length === 0) refuseOtherKind(application, NOTHING_TO_ROTATE);
    // Whether there is room for the new one is judged as things are meanwhile, with the older ones still accepted.
    return addCredential(endCredentials(list, older, endsAt), credential, at);
  });
  await requireStillThere(administration, credential, at, call);
  const result = {
    token: made.token,
    credential: summarise(credential, at),
    older: older.map((other) => summarise(endingBy(other, endsAt), at)),
  };
  return { result, event: eventOf(request, at, { ...traceOf(credential), counts: { older: older.length } }) };
}

/** @throws {AdminRefusal} when there is no such token, or only its hash is there */
export async function showToken(
  { credentials, now }: Administration,
  request: RequestOf<'token.show'>,
): Promise<Administered<CreatedToken>> {
  const at = new Date(now());
  const credential = credentialIn(await credentials.readCredentials(), request.credential);
  if (credential.kind !== 'token')
    throw new AdminRefusal(`Credential "${credential.id}" is of kind ${credential.kind}, of which only a hash is kept.`);
  if (credential.value === undefined) throw new AdminRefusal(shownOnce(credential));
  return { result: { token: credential.value, credential: summarise(credential, at) }, event: eventOf(request, at, traceOf(credential)) };
}

/**
 * Takes back a credential of any kind.
 *
 * @throws {AdminRefusal} when there is no such credential
 */
export async function revokeToken(
  { credentials, now }: Administration,
  request: RequestOf<'token.revoke'>,
): Promise<Administered<RevokedToken>> {
  const at = new Date(now());
  const revoked = await changeOne(
    credentials,
    (list) => credentialIn(list, request.credential),
    () => undefined,
  );
  return { result: { credential: summarise(revoked, at) }, event: eventOf(request, at, traceOf(revoked)) };
}

function make(
  { randomBytes }: Administration,
  request: Wanted,
  application: Application,
  at: Date,
): { readonly token: string; readonly credential: CredentialOf<'token'> } {
  const token = newToken(randomBytes);
  const kept = application.credentials.isRetrievable ? { value: token } : {};
  const entry = issue(request, application, { id: newId(randomBytes), at });
  return { token, credential: { ...entry, kind: 'token', hash: hashOf(token), ...kept } };
}

const isReplaced = (other: Credential, { scope, ...made }: Credential, at: Date): boolean =>
  other.scope === scope && isAlike(other, made, at);

const isAlike = (other: Credential, { application, kind }: Pick<Credential, 'application' | 'kind'>, at: Date): boolean =>
  other.application === application && other.kind === kind && isLive(other, at);

/** @throws {AdminRefusal} none may do everything, and they are of several scopes */
function scopeAmong(credentials: readonly Credential[], made: Credential, at: Date): Scope {
  const scopes = new Set(credentials.filter((other) => isAlike(other, made, at)).map(({ scope }) => scope));
  const [only = 'full', ...others] = scopes;
  if (scopes.has('full')) return 'full';
  if (others.length === 0) return only;
  throw new AdminRefusal(
    `Application "${made.application}" has live tokens of the scopes ${[...scopes].join(', ')}: say which are meant, with "scope", such as "scim token rotate --app ${made.application} --scope ${only}".`,
  );
}

const INSTEAD = {
  'identifier-password': 'an identifier and a password: make them with "scim account create"',
  'oauth-client': 'a client id and a client secret: make them with "scim client create"',
} as const;

const KIND_CAN_BE_SAID = ', or say --kind token if it is to be a token';
const NOTHING_TO_ROTATE = '. There is no token that another could take the place of';

function refuseOtherKind({ key, credentials: { kind } }: Application, addition: string): void {
  if (kind === 'token') return;
  throw new AdminRefusal(`Clients of the application "${key}" present ${INSTEAD[kind]}${addition}.`);
}

const shownOnce = ({ id, application, scope }: Credential): string =>
  `Token "${id}" was shown once, when it was made, and only its hash is kept: make another with "scim token rotate --app ${application}${scope === 'full' ? '' : ` --scope ${scope}`}". To have tokens made from now on shown again, run "scim app set ${application} --set credentials.isRetrievable=true" first.`;

export const traceOf = ({ application, id }: Credential) => ({ application, credential: id });
