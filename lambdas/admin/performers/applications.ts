import type { APPLICATION_ACTS } from '../../../src/access/acts/application-acts.ts';
import { setApplication, showApplication } from '../../../src/access/application-administration.ts';
import { refuseUnknownTypes } from '../../../src/directory/schemas/refuse-unknown-types.ts';
import type { Performers } from './performer.ts';

export const APPLICATION_PERFORMERS: Performers<keyof typeof APPLICATION_ACTS> = {
  'app.show': ({ administration }, asked, call) => showApplication(administration, asked, call),
  'app.set': async ({ administration, schemaAdministration }, asked, call) => {
    await refuseUnknownTypes(schemaAdministration, asked, call);
    return setApplication(administration, asked, call);
  },
};
