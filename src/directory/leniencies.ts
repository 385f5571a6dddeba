import type { Policy } from '../access/policy.ts';
import { ALL_LENIENCIES, type Leniencies } from '../scim/leniency.ts';

/** The client deviations this application is forgiven. */
export const appliedLeniencies = ({ leniencies }: Policy): Leniencies =>
  leniencies === 'all' ? ALL_LENIENCIES : new Set([...ALL_LENIENCIES].filter((name) => leniencies.includes(name)));
