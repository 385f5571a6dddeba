import type { CheckedService } from '../../../src/directory/service/answers.ts';
import { describeExpiry, expiresWithin } from '../../expiry.ts';
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

function judgeOne({ key }: Application, credentials: readonly Credential[], now: Date): readonly Finding[] {
  const live = credentials.filter(({ status }) => status === 'live');
  if (live.length === 0)
    return [
      wrong(CHECK, `${key}: no credential is accepted`, `Make one for ${key} with "scim token create", and paste it into the client.`),
    ];
  const ending = live.flatMap((credential) => endingSoon(key, credential, now));
  const isReadOnly = live.every(({ scope }) => scope === 'read');
  const readOnly = isReadOnly ? [readOnlyAlone(key)] : [];
  return ending.length + readOnly.length > 0 ? [...ending, ...readOnly] : [good(CHECK, `${key}: ${live.length} accepted, none ends soon`)];
}

function endingSoon(application: string, { id, name, expiresAt }: Credential, now: Date): readonly Finding[] {
  if (!expiresWithin(expiresAt, SOON_DAYS, now)) return [];
  const says = `${application}: ${id} (${name}) expires ${describeExpiry(expiresAt, now)}`;
  const todo = `Make another one for ${application} beside it with "scim token create", and paste that into the client.`;
  return [expiresWithin(expiresAt, VERY_SOON_DAYS, now) ? wrong(CHECK, says, todo) : note(CHECK, says, todo)];
}

const readOnlyAlone = (application: string): Finding =>
  wrong(
    CHECK,
    `${application}: all it can present may only read, so that Test Connection passes and every write is refused`,
    `Make one of scope "full" for ${application} with "scim token create".`,
  );

const unreadableEntries = (count: number): Finding =>
  wrong(
    CHECK,
    `${count} entries of the secret cannot be read by this version`,
    'See "scim token list"; revoke them, or deploy the version that made them.',
  );
