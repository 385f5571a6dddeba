import type { RESOURCE_ACTS } from '../../../src/access/acts/resource-acts.ts';
import { listRemoved } from '../../../src/directory/removed/list-removed.ts';
import { restoreResource } from '../../../src/directory/removed/restore-resource.ts';
import type { Performers } from './performer.ts';

export const RESOURCE_PERFORMERS: Performers<keyof typeof RESOURCE_ACTS> = {
  'resource.removed': ({ removedAdministration }, asked, call) => listRemoved(removedAdministration, asked, call),
  'resource.restore': ({ removedAdministration }, asked, call) => restoreResource(removedAdministration, asked, call),
};
