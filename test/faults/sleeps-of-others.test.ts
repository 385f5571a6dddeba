import { OTHER_OPERATIONS } from './crash/operations.ts';
import { describeSleeps } from './crash/sleep.ts';

describeSleeps(OTHER_OPERATIONS);
