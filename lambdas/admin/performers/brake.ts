import type { BRAKE_ACTS } from '../../../src/access/acts/brake-acts.ts';
import { releaseBrake, showBrake } from '../../../src/directory/brake/administer.ts';
import type { Performers } from './performer.ts';

export const BRAKE_PERFORMERS: Performers<keyof typeof BRAKE_ACTS> = {
  'brake.show': ({ brakeAdministration }, asked, call) => showBrake(brakeAdministration, asked, call),
  'brake.release': ({ brakeAdministration }, asked, call) => releaseBrake(brakeAdministration, asked, call),
};
