import type * as z from 'zod/mini';
import { isObject, type Json } from '../scim/json.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { didYouMean } from './nearest-name.ts';
import { type Policy, policySchema, strictPolicySchema } from './policy.ts';
import { PRESETS, type PresetName } from './presets.ts';

/** What is to change; a setting that is null goes back to its default. */
export type PolicyChanges = { readonly [setting: string]: Json };

type Asked = { readonly preset?: PresetName | undefined; readonly settings?: PolicyChanges | undefined };

/**
 * Makes the next policy of the present one, or of a preset, and of changes to single settings.
 *
 * Of a setting that is an object, only the entries named change; one that is null goes.
 *
 * @throws {AdminRefusal} naming each setting or value that is not known, and what would be right
 */
export function changePolicy(current: Policy, { preset, settings = {} }: Asked): Policy {
  const base: PolicyChanges = preset === undefined ? asSettings(current) : asSettings(policySchema.parse(PRESETS[preset]));
  const parsed = strictPolicySchema.safeParse(merge(base, settings));
  if (parsed.success) return parsed.data;
  throw new AdminRefusal(parsed.error.issues.flatMap(explain).join('\n'));
}

const asSettings = (policy: Policy): PolicyChanges => JSON.parse(JSON.stringify(policy));

function merge(base: PolicyChanges, changes: PolicyChanges): PolicyChanges {
  const merged = new Map(Object.entries(base));
  for (const [name, change] of Object.entries(changes)) {
    const present = merged.get(name);
    if (change === null) merged.delete(name);
    else merged.set(name, isObject(present) && isObject(change) ? merge(present, change) : change);
  }
  return Object.fromEntries(merged);
}

const SETTINGS = Object.keys(policySchema._zod.def.innerType.shape);
const FEATURES = ['create', 'read', 'update', 'remove'];

function explain(issue: z.core.$ZodIssue): readonly string[] {
  const where = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [`setting "${where}" ${issue.message}`];
  return issue.keys.map(
    (key) => `unknown setting "${[...issue.path, key].join('.')}"${didYouMean(key, where === '' ? SETTINGS : FEATURES)}`,
  );
}
