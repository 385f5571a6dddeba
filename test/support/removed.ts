import type { ListedRemoved, Restored } from '../../src/directory/removed/answers.ts';
import type { RemovedAdministration } from '../../src/directory/removed/find-removed.ts';
import { listRemoved } from '../../src/directory/removed/list-removed.ts';
import { restoreResource } from '../../src/directory/removed/restore-resource.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';

/** For tests of acts on anything but removed resources. */
export const NO_TABLE: RemovedAdministration = {
  open: () => Promise.reject(new TypeError('this test has no table')),
  mappingOf: async () => undefined,
  now: Date.now,
};

export const aRemovedAdministration = (
  { store, client, tableName }: TestStore,
  now: () => number = Date.now,
  mappingOf: RemovedAdministration['mappingOf'] = async () => undefined,
): RemovedAdministration => ({
  open: async () => ({ registry: REGISTRY, store, sweeper: openSweeper({ client, tableName, registry: REGISTRY, now }) }),
  mappingOf,
  now,
});

/** The acts on what was removed, over the table of a test. */
export function administerRemoved(table: TestStore, now: () => number = Date.now, mappingOf?: RemovedAdministration['mappingOf']) {
  const administration = aRemovedAdministration(table, now, mappingOf);
  const call = () => aCall({ deadlineMs: now() + 30_000 });
  return {
    list: async (type: string): Promise<ListedRemoved> =>
      (await listRemoved(administration, { act: 'resource.removed', by: 'ada', type }, call())).result,
    restore: async (type: string, resource: string): Promise<Restored> =>
      (await restoreResource(administration, { act: 'resource.restore', by: 'ada', type, resource }, call())).result,
  };
}
