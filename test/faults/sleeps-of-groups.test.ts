import { GROUP_OPERATIONS } from './crash/operations.ts';
import { describeSleeps } from './crash/sleep.ts';

describeSleeps(GROUP_OPERATIONS);
