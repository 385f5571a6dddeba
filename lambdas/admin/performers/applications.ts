import type { APPLICATION_ACTS } from '../../../src/access/acts/application-acts.ts';
import {
  createApplication,
  deleteApplication,
  enableApplication,
  listApplications,
  setApplication,
  showApplication,
} from '../../../src/access/applications/administer.ts';
import { parseApplications, presetNameOf } from '../../../src/access/applications/document.ts';
import { applyApplications, exportApplications } from '../../../src/access/applications/transfer.ts';
import { writtenDown } from '../../../src/access/change-settings.ts';
import { refuseWrongMappings } from '../../../src/directory/mapping/refuse-wrong-mappings.ts';
import { addPresetSchemas } from '../../../src/directory/schemas/add-preset-schemas.ts';
import { refuseUnknownTypes } from '../../../src/directory/schemas/refuse-unknown-types.ts';
import type { Performers } from './performer.ts';

export const APPLICATION_PERFORMERS: Performers<keyof typeof APPLICATION_ACTS> = {
  'app.create': async ({ administration, schemaAdministration }, asked, call) => {
    await refuseUnknownTypes(schemaAdministration, [asked.settings], call);
    await addPresetSchemas(schemaAdministration, [asked.preset], call);
    return createApplication(administration, asked, call);
  },
  'app.list': ({ administration }, asked, call) => listApplications(administration, asked, call),
  'app.show': ({ administration }, asked, call) => showApplication(administration, asked, call),
  'app.set': async ({ administration, schemaAdministration }, asked, call) => {
    await refuseUnknownTypes(schemaAdministration, [asked.settings], call);
    if (!asked.dryRun) await addPresetSchemas(schemaAdministration, [asked.preset], call);
    return setApplication(administration, asked, call);
  },
  'app.disable': ({ administration }, asked, call) => enableApplication(administration, asked, call),
  'app.enable': ({ administration }, asked, call) => enableApplication(administration, asked, call),
  'app.delete': ({ administration }, asked, call) => deleteApplication(administration, asked, call),
  'app.export': ({ administration }, asked, call) => exportApplications(administration, asked, call),
  'app.apply': async ({ administration, schemaAdministration }, asked, call) => {
    const wanted = parseApplications(asked.document, new Date(administration.now()));
    await refuseUnknownTypes(schemaAdministration, wanted.map(writtenDown), call);
    await refuseWrongMappings(schemaAdministration, wanted, call);
    if (!asked.dryRun) await addPresetSchemas(schemaAdministration, wanted.map(presetNameOf), call);
    return applyApplications(administration, asked, call);
  },
};
