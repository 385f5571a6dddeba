import type * as z from 'zod/mini';
import { isObject } from '../scim/json.ts';
import { ACCOUNT_ACTS } from './acts/account-acts.ts';
import { APPLICATION_ACTS } from './acts/application-acts.ts';
import { AUDIT_ACTS } from './acts/audit-acts.ts';
import { BRAKE_ACTS } from './acts/brake-acts.ts';
import { CLIENT_ACTS } from './acts/client-acts.ts';
import { DIRECTORY_ACTS } from './acts/directory-acts.ts';
import { EVENT_ACTS } from './acts/event-acts.ts';
import { IP_ACTS } from './acts/ip-acts.ts';
import { MAPPING_ACTS } from './acts/mapping-acts.ts';
import { MATCHING_ACTS } from './acts/matching-acts.ts';
import { RESOURCE_ACTS } from './acts/resource-acts.ts';
import { SCHEMA_ACTS } from './acts/schema-acts.ts';
import { SERVICE_ACTS } from './acts/service-acts.ts';
import { TOKEN_ACTS } from './acts/token-acts.ts';
import { TRANSFER_ACTS } from './acts/transfer-acts.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { MAX_NAME_CHARACTERS } from './credentials/common.ts';
import { didYouMean } from './nearest-name.ts';

/** Every act of administration, by its name. */
const ACTS = {
  ...ACCOUNT_ACTS,
  ...APPLICATION_ACTS,
  ...CLIENT_ACTS,
  ...DIRECTORY_ACTS,
  ...MAPPING_ACTS,
  ...MATCHING_ACTS,
  ...RESOURCE_ACTS,
  ...SCHEMA_ACTS,
  ...SERVICE_ACTS,
  ...TOKEN_ACTS,
  ...TRANSFER_ACTS,
  ...IP_ACTS,
  ...BRAKE_ACTS,
  ...AUDIT_ACTS,
  ...EVENT_ACTS,
};

export type AdminAct = keyof typeof ACTS;
export type RequestOf<Act extends AdminAct> = { [Name in Act]: z.output<(typeof ACTS)[Name]> }[Act];

/** An administrative act as it is asked for; `by` is whoever the caller says it is. */
export type AdminRequest = RequestOf<AdminAct>;
/** The same as a caller writes it, without what has a default. */
export type AdminRequestInput = { [Act in AdminAct]: z.input<(typeof ACTS)[Act]> }[AdminAct];

/** Names of all acts. */
export const ADMIN_ACTS: readonly string[] = Object.keys(ACTS);

/** @throws {AdminRefusal} naming each act, key or value that is not known, and what would be right. */
export function parseAdminRequest(request: unknown): AdminRequest {
  const act = isObject(request) ? request['act'] : undefined;
  if (!isAct(act)) throw new AdminRefusal(`unknown act ${quote(act)}${didYouMean(String(act), ADMIN_ACTS)}`);
  const parsed = ACTS[act].safeParse(request);
  if (parsed.success) return parsed.data;
  throw new AdminRefusal(parsed.error.issues.flatMap((issue) => explain(issue, act)).join('\n'));
}

const isAct = (act: unknown): act is AdminAct => typeof act === 'string' && Object.hasOwn(ACTS, act);

const explain = (issue: z.core.$ZodIssue, act: AdminAct): readonly string[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => `unknown key ${quote(key)} of ${act}${didYouMean(key, Object.keys(ACTS[act].shape))}`)
    : [`${issue.path.join('.')} of ${act} ${issue.message}`];

const quote = (value: unknown): string => JSON.stringify(value)?.slice(0, MAX_NAME_CHARACTERS) ?? 'undefined';
