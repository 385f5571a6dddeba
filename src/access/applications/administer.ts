import { summarise } from '../admin-answer.ts';
import { AdminRefusal } from '../admin-refusal.ts';
import type { RequestOf } from '../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../administration.ts';
import { type Application, MAX_APPLICATIONS } from '../application.ts';
import { changeSettings, DEFAULT_SETTINGS } from '../change-settings.ts';
import { isLive } from '../credentials/credential.ts';
import type { StoreCall } from '../ports.ts';
import { presetOf } from '../presets.ts';
import type { DeletedApplication, ListedApplications, SetApplication, ShownApplication } from './answers.ts';
import { differences } from './differences.ts';
import { applicationIn, withDefault } from './find-application.ts';

/** @throws {AdminRefusal} when the key is taken, a setting is not known, or there are too many */
export async function createApplication(
  administration: Administration,
  request: RequestOf<'app.create'>,
  call: StoreCall,
): Promise<Administered<ShownApplication>> {
  const { applications, now } = administration;
  const at = new Date(now());
  const created = newApplication(request, at);
  await applications.change((all) => {
    refuseAnother(all, request.application);
    return { put: [created] };
  }, call);
  return { result: { ...toSet(created), issued: [] }, event: eventOf(request, at, { application: created.key }) };
}

export async function listApplications(
  { applications, credentials, now }: Administration,
  request: RequestOf<'app.list'>,
  call: StoreCall,
): Promise<Administered<ListedApplications>> {
  const at = new Date(now());
  const [all, issued] = await Promise.all([applications.list(call), credentials.readCredentials()]);
  const liveOf = (key: string): number =>
    issued.credentials.filter((credential) => credential.application === key && isLive(credential, at)).length;
  const listed = withDefault(all, at).map((application) => ({
    ...summaryOf(application),
    kind: application.credentials.kind,
    live: liveOf(application.key),
  }));
  return { result: { applications: listed }, event: eventOf(request, at) };
}

/** @throws {AdminRefusal} when there is no such application */
export async function showApplication(
  administration: Administration,
  request: RequestOf<'app.show'>,
  call: StoreCall,
): Promise<Administered<ShownApplication>> {
  const at = new Date(administration.now());
  const application = applicationIn(await administration.applications.list(call), request.application, at);
  return { result: await toShown(administration, application), event: eventOf(request, at, { application: application.key }) };
}

/**
 * Changes an application's title and settings; every function follows within 30 s.
 *
 * @throws {AdminRefusal} when there is no such application, or a setting is not known
 */
export async function setApplication(
  administration: Administration,
  request: RequestOf<'app.set'>,
  call: StoreCall,
): Promise<Administered<SetApplication>> {
  const { dryRun, title, preset } = request;
  const next = (current: Application): Application => ({
    ...current,
    ...changeSettings(current, request),
    ...(preset !== undefined && { preset }),
    ...(title !== undefined && { title }),
  });
  return changeOne(administration, request, next, { dryRun, call });
}

/** @throws {AdminRefusal} when there is no such application */
export const enableApplication = (
  administration: Administration,
  request: RequestOf<'app.enable' | 'app.disable'>,
  call: StoreCall,
): Promise<Administered<SetApplication>> =>
  changeOne(administration, request, (current) => ({ ...current, state: request.act === 'app.enable' ? 'enabled' : 'disabled' }), {
    dryRun: false,
    call,
  });

/**
 * Deletes an application: first its credentials, so that nobody can be let in by one whose policy is gone. The default one
 * goes back to how every tenant begins.
 *
 * @throws {AdminRefusal} when there is no such application
 */
export async function deleteApplication(
  { applications, credentials, now }: Administration,
  request: RequestOf<'app.delete'>,
  call: StoreCall,
): Promise<Administered<DeletedApplication>> {
  const at = new Date(now());
  const { key, title } = applicationIn(await applications.list(call), request.application, at);
  const revoked = new Set<string>();
  const revokeAll = () =>
    credentials.changeCredentials((list) => {
      const own = list.credentials.filter(({ application }) => application === key);
      for (const { id } of own) revoked.add(id);
      return own.length === 0 ? undefined : { ...list, credentials: list.credentials.filter(({ application }) => application !== key) };
    });
  await revokeAll();
  await applications.change(
    (all) => ({ remove: all.filter((application) => application.key === key).map(({ key: stored }) => stored) }),
    call,
  );
  // One that was made since: whoever makes another application of this key would let it in.
  await revokeAll();
  return { result: { application: key, title, revoked: revoked.size }, event: eventOf(request, at, { application: key }) };
}

function newApplication({ application: key, title, preset, settings }: RequestOf<'app.create'>, at: Date): Application {
  return {
    key,
    title: title ?? (preset === undefined ? key : presetOf(preset).title),
    ...(preset !== undefined && { preset }),
    state: 'enabled',
    ...changeSettings(DEFAULT_SETTINGS, { preset, settings }),
    schemaVersion: 1,
    createdAt: at.toISOString(),
  };
}

function refuseAnother(all: readonly Application[], key: string): void {
  if (all.some((application) => application.key === key))
    throw new AdminRefusal(`There is an application "${key}" already: choose another key, or change that one with "scim app set".`);
  if (all.length >= MAX_APPLICATIONS)
    throw new AdminRefusal(
      `The tenant has ${all.length} applications, and ${MAX_APPLICATIONS} is the most it may have: delete one that is no longer used.`,
    );
}

type ChangeOptions = { readonly dryRun: boolean; readonly call: StoreCall };

async function changeOne(
  administration: Administration,
  request: RequestOf<'app.set' | 'app.enable' | 'app.disable'>,
  decide: (current: Application) => Application,
  { dryRun, call }: ChangeOptions,
): Promise<Administered<SetApplication>> {
  const { applications, now } = administration;
  const at = new Date(now());
  const decided = (all: readonly Application[]) => {
    const before = applicationIn(all, request.application, at);
    return { before, after: decide(before) };
  };
  let change = dryRun ? decided(await applications.list(call)) : undefined;
  if (!dryRun) {
    await applications.change((all) => {
      change = decided(all);
      return { put: [change.after] };
    }, call);
  }
  if (change === undefined) throw new TypeError('a change of the applications came back without having been decided');
  const { before, after } = change;
  return {
    result: { dryRun, changes: differences(before, after), application: toSet(after) },
    event: eventOf(request, at, { application: after.key, ...(dryRun && { dryRun }) }),
  };
}

const summaryOf = ({ key, title, preset, state, createdAt }: Application) => ({
  key,
  title,
  ...(preset !== undefined && { preset }),
  state,
  createdAt,
});

/** The vault is not asked for it: an application can be disabled, and say so, while the vault is out of reach. */
const toSet = (application: Application): SetApplication['application'] => {
  const { policy, credentials } = application;
  return { ...summaryOf(application), policy, credentials };
};

async function toShown({ credentials, now }: Administration, application: Application): Promise<ShownApplication> {
  const { credentials: all } = await credentials.readCredentials();
  const issued = all.filter((credential) => credential.application === application.key);
  return { ...toSet(application), issued: issued.map((credential) => summarise(credential, new Date(now()))) };
}
