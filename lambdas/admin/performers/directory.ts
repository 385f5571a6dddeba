import type { DIRECTORY_ACTS } from '../../../src/access/acts/directory-acts.ts';
import { listForOperator } from '../../../src/directory/operator/list-for-operator.ts';
import { listMembers } from '../../../src/directory/operator/list-members.ts';
import { purgeResource } from '../../../src/directory/operator/purge-resource.ts';
import { removeForOperator } from '../../../src/directory/operator/remove-for-operator.ts';
import { setActive } from '../../../src/directory/operator/set-active.ts';
import { showResource } from '../../../src/directory/operator/show-resource.ts';
import type { Performers } from './performer.ts';

export const DIRECTORY_PERFORMERS: Performers<keyof typeof DIRECTORY_ACTS> = {
  'resource.list': ({ directoryAdministration }, asked, call) => listForOperator(directoryAdministration, asked, call),
  'resource.show': ({ directoryAdministration }, asked, call) => showResource(directoryAdministration, asked, call),
  'resource.export': ({ directoryAdministration }, asked, call) => showResource(directoryAdministration, asked, call),
  'resource.members': ({ directoryAdministration }, asked, call) => listMembers(directoryAdministration, asked, call),
  'resource.disable': ({ directoryAdministration }, asked, call) => setActive(directoryAdministration, asked, call),
  'resource.enable': ({ directoryAdministration }, asked, call) => setActive(directoryAdministration, asked, call),
  'resource.remove': ({ directoryAdministration }, asked, call) => removeForOperator(directoryAdministration, asked, call),
  'resource.purge': ({ directoryAdministration }, asked, call) => purgeResource(directoryAdministration, asked, call),
};
