import { BULK_OPERATIONS } from './bulk-operations.ts';
import { DEACTIVATION_OPERATIONS } from './deactivation-operations.ts';
import { groupOperations } from './group-operations.ts';
import type { Operation } from './operation.ts';
import { RESTORE_OPERATIONS } from './restore-operations.ts';
import { SEAT_OPERATIONS } from './seat-operations.ts';
import { USER_OPERATIONS } from './user-operations.ts';
import { workerOperations } from './worker-operations.ts';

/** So many writes are one transaction, so that a handful of members is a large change. */
const STAGED_ABOVE = 8;

/** Changes of groups and their members. */
export const GROUP_OPERATIONS: readonly Operation[] = groupOperations(STAGED_ABOVE);

/** All other writes. */
export const OTHER_OPERATIONS: readonly Operation[] = [
  ...USER_OPERATIONS,
  ...BULK_OPERATIONS,
  ...workerOperations(STAGED_ABOVE),
  ...RESTORE_OPERATIONS,
  ...DEACTIVATION_OPERATIONS,
  ...SEAT_OPERATIONS,
];

/** Every write there is. A new one is one entry more: it is then ended, and put to sleep, at each of its calls. */
export const OPERATIONS: readonly Operation[] = [...GROUP_OPERATIONS, ...OTHER_OPERATIONS];
