import * as z from 'zod/mini';
import { MAX_IP_RANGES } from '../policy.ts';
import { act, application, dryRun } from './fields.ts';

const RANGES = `must be a list of 1 to ${MAX_IP_RANGES} addresses or ranges`;
/** What each of them means, and what is wrong with it, says the change itself. */
const ranges = z.readonly(z.array(z.string(RANGES), RANGES).check(z.minLength(1, RANGES), z.maxLength(MAX_IP_RANGES, RANGES)));

const change = { application, ranges, dryRun };

export const IP_ACTS = {
  'app.ip.list': act('app.ip.list', { application }),
  'app.ip.add': act('app.ip.add', change),
  'app.ip.remove': act('app.ip.remove', change),
  /** In place of all there are. */
  'app.ip.replace': act('app.ip.replace', change),
};
