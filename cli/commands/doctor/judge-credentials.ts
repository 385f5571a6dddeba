import type { CheckedService } from '../../../src/directory/service/answers.ts';
import { describeExpiry, expiresWithin } from '../../expiry.ts';
import { MAKERS } from '../app/makers.ts';
import { type Finding, good, note, wrong } from './finding.ts';

const SOON_DAYS = 30;
const VERY_SOON_DAYS = 7;

type Application = CheckedService['applications'][number];
type Credential = CheckedService['credentials'][number];

const CHECK = 'credentials';

/** Judges what each application can present, and what of the secret cannot be read. */
export function judgeCredentials({ applications, credentials, unreadable }: CheckedService, now: Date): readonly Finding[] {
  const inUse = applications.filter(({ state }) => state === 'enabled');
  const found = inUse.flatMap((application) =>
    judgeOne(
      application,
      credentials.filter((each) => each.application === application.key),
      now,
    ),
  );
  const none = inUse.length === 0 ? [wrong(CHECK, 'no application is enabled', 'Make one with "scim app create", or enable one.')] : [];
  const damaged = unreadable === 0 ? [] : [unreadableEntries(unreadable)];
  return [...none, ...found, ...damaged];
}

function judgeOne(application: Application, credentials: readonly Credential[], now: Date): readonly Finding[] {
  const { key } = application;
  const live = credentials.filter(({ status }) => status === 'live');
  if (live.length === 0)
    return [wrong(CHECK, `${key}: no credential is accepted`, `Make one with ${makerFor(application)}, and paste it into the client.`)];
  const ending = live.flatMap((credential) => endingSoon(application, credential, now));
  const isReadOnly = live.some(({ scope }) => scope === 'read') && live.every(({ scope }) => scope !== 'full');
  const readOnly = isReadOnly ? [readOnlyAlone(application)] : [];
  return ending.length + readOnly.length > 0 ? [...ending, ...readOnly] : [good(CHECK, `${key}: ${live.length} accepted, none ends soon`)];
}

/** The command that makes what the client of this application presents, or another of a kind. */
const makerFor = ({ key, kind }: Application, own: string = kind, scope = 'full'): string => {
  const makers: Readonly<Record<string, string>> = MAKERS;
  return `"scim ${makers[own] ?? MAKERS[kind]} --app ${key}${scope === 'full' ? '' : ` --scope ${scope}`}"`;
};

function endingSoon(application: Application, { id, name, kind, scope, expiresAt }: Credential, now: Date): readonly Finding[] {
  if (!expiresWithin(expiresAt, SOON_DAYS, now)) return [];
  const says = `${application.key}: ${id} (${name}) expires ${describeExpiry(expiresAt, now)}`;
  const todo = `Make another one beside it with ${makerFor(application, kind, scope)}, and paste that into the client.`;
  return [expiresWithin(expiresAt, VERY_SOON_DAYS, now) ? wrong(CHECK, says, todo) : note(CHECK, says, todo)];
}

const readOnlyAlone = (application: Application): Finding =>
  wrong(
    CHECK,
    `${application.key}: all it can present may only read, so that Test Connection passes and every write is refused`,
    `Make one of scope "full" with ${makerFor(application)}.`,
  );

const unreadableEntries = (count: number): Finding =>
  wrong(
    CHECK,
    `${count} entries of the secret cannot be read by this version`,
    '"scim token list" says which; deploy the version that made them.',
  );
