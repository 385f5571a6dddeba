import * as z from 'zod/mini';
import { ALL_LENIENCIES } from '../scim/leniency.ts';
import { AdminRefusal } from './admin-refusal.ts';
import { parseIpRange } from './ip-range.ts';
import { features, IP_RANGES, MAX_IP_RANGES, settings } from './policy.ts';

const ipRange = z.string(IP_RANGES).check((checked) => {
  try {
    parseIpRange(checked.value);
  } catch (error) {
    if (!(error instanceof AdminRefusal)) throw error;
    checked.issues.push({ code: 'custom', input: checked.value, message: `holds a mistake: ${error.message}` });
  }
});

const LENIENCY = `must be "all" or a list of ${[...ALL_LENIENCIES].join(', ')}`;

/** A policy for writing: a misspelt setting must not be passed over like one that is left out. */
export const strictPolicySchema = z.readonly(
  z.strictObject({
    ...settings,
    features: z.prefault(z.readonly(z.strictObject(features)), {}),
    ipRanges: z._default(z.readonly(z.array(ipRange, IP_RANGES).check(z.maxLength(MAX_IP_RANGES, IP_RANGES))), []),
    me: z._default(z.readonly(z.record(z.string(), z.uuid('must be the id of a user'))), {}),
    leniencies: z._default(z.union([z.literal('all'), z.readonly(z.array(z.enum([...ALL_LENIENCIES])))], LENIENCY), 'all'),
  }),
);
