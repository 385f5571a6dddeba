import type { AUDIT_ACTS } from '../../../src/access/acts/audit-acts.ts';
import { identify } from '../../../src/access/identify.ts';
import type { Performers } from './performer.ts';

export const AUDIT_PERFORMERS: Performers<keyof typeof AUDIT_ACTS> = {
  'audit.identify': ({ administration }, asked) => identify(administration, asked),
};
