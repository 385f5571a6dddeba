import type { MAPPING_ACTS } from '../../../src/access/acts/mapping-acts.ts';
import { removeMapping, setMapping, showMapping } from '../../../src/directory/mapping/change-mapping.ts';
import { testMapping } from '../../../src/directory/mapping/test-mapping.ts';
import type { Performers } from './performer.ts';

export const MAPPING_PERFORMERS: Performers<keyof typeof MAPPING_ACTS> = {
  'app.map.show': ({ mappingAdministration }, asked, call) => showMapping(mappingAdministration, asked, call),
  'app.map.set': ({ mappingAdministration }, asked, call) => setMapping(mappingAdministration, asked, call),
  'app.map.remove': ({ mappingAdministration }, asked, call) => removeMapping(mappingAdministration, asked, call),
  'app.map.test': ({ mappingAdministration }, asked, call) => testMapping(mappingAdministration, asked, call),
};
