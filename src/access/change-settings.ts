import * as z from 'zod/mini';
import { isObject, type Json } from '../scim/json.ts';
import { AdminRefusal } from './admin-refusal.ts';
import type { Application } from './application.ts';
import { parseIpRange, printIpRange } from './ip-range.ts';
import { issuing, issuingSchema } from './issuing.ts';
import { didYouMean } from './nearest-name.ts';
import { type Policy, policySchema } from './policy.ts';
import { type PresetName, presetOf } from './presets.ts';
import { strictPolicySchema } from './strict-policy.ts';

/** What is to change; a setting that is null goes back to its default. */
export type SettingsChanges = { readonly [setting: string]: Json };

/** All that can be set of an application: its policy, and how its credentials are made. */
export type Settings = Pick<Application, 'policy' | 'credentials'>;

type Asked = { readonly preset?: PresetName | undefined; readonly settings?: SettingsChanges | undefined };

/** For writing: a misspelt setting must not be passed over like one that is left out. */
const strictIssuingSchema = z.prefault(z.readonly(z.strictObject(issuing)), {});

export const DEFAULT_SETTINGS: Settings = { policy: policySchema.parse({}), credentials: issuingSchema.parse({}) };

/**
 * Makes the next settings of the present ones, or of a preset, and of changes to single ones. What guards the tenant is not
 * a client's business: a preset leaves it as it is.
 *
 * Of a setting that is an object, only the entries named change; one that is null goes.
 *
 * @throws {AdminRefusal} naming each setting or value that is not known, and what would be right
 */
export function changeSettings(current: Settings, { preset, settings = {} }: Asked): Settings {
  const base = writtenDown(preset === undefined ? current : guardedAs(current, settingsOf(preset)));
  const { credentials: wantedIssuing, ...wantedPolicy } = merge(base, settings);
  const policy = strictPolicySchema.safeParse(wantedPolicy);
  const credentials = strictIssuingSchema.safeParse(wantedIssuing);
  if (policy.success && credentials.success) return { policy: withRangesInOneForm(policy.data), credentials: credentials.data };
  const issues = [
    ...(policy.error?.issues ?? []),
    ...(credentials.error?.issues ?? []).map((issue) => ({ ...issue, path: ['credentials', ...issue.path] })),
  ];
  throw new AdminRefusal(issues.flatMap(explain).join('\n'));
}

function guardedAs({ policy }: Settings, preset: Settings): Settings {
  const { ipRanges, maxActiveUsers, maxRemovalsPerHour, me } = policy;
  return { ...preset, policy: { ...preset.policy, ipRanges, maxActiveUsers, maxRemovalsPerHour, me } };
}

/** So that a range is known again however it was written, and none stands there twice. */
const withRangesInOneForm = ({ ipRanges, ...others }: Policy): Policy => ({
  ...others,
  ipRanges: [...new Set(ipRanges.map((text) => printIpRange(parseIpRange(text))))],
});

/** The settings as one object, as they are set, shown and exported. */
export const writtenDown = ({ policy, credentials }: Settings): SettingsChanges =>
  JSON.parse(JSON.stringify({ ...policy, credentials } satisfies Policy & { readonly credentials: unknown }));

export function settingsOf(preset: PresetName): Settings {
  const { credentials = {}, ...policy } = presetOf(preset).settings;
  return { policy: policySchema.parse(policy), credentials: issuingSchema.parse(credentials) };
}

function merge(base: SettingsChanges, changes: SettingsChanges): SettingsChanges {
  const merged = new Map(Object.entries(base));
  for (const [name, change] of Object.entries(changes)) {
    const present = merged.get(name);
    if (change === null) merged.delete(name);
    else merged.set(name, isObject(present) && isObject(change) ? merge(present, change) : change);
  }
  return Object.fromEntries(merged);
}

/** Names by the setting they stand in; the settings themselves under no name. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': [...Object.keys(policySchema._zod.def.innerType.shape), 'credentials'],
  features: ['create', 'read', 'update', 'remove'],
  credentials: Object.keys(issuing),
};

function explain(issue: z.core.$ZodIssue): readonly string[] {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [`setting "${where}" ${issue.message}`];
  return issue.keys.map((key) => `unknown setting "${[...issue.path, key].join('.')}"${didYouMean(key, KNOWN[where] ?? [])}`);
}
