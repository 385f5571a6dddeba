import type { TransferStore } from '../../directory/transfer/ports.ts';
import { membershipTypes } from '../membership-types.ts';
import { REAL_PACE } from '../retry.ts';
import { type DirectoryStoreOptions, openDirectoryStore } from '../store.ts';
import { TableClient } from '../table-client.ts';
import { bringMembers } from './bring-members.ts';
import { giveUpKept } from './give-up-kept.ts';
import { look } from './look.ts';
import { membersInOrder } from './members-in-order.ts';
import { planArrivals } from './plan-arrivals.ts';
import { tellGivenUp } from './tell-given-up.ts';

/** Opens the tenant's table for taking the directory elsewhere and bringing it back. */
export function openTransferStore(options: DirectoryStoreOptions): TransferStore {
  const { client, tableName, registry, now = REAL_PACE.now, sleep = REAL_PACE.sleep, random = REAL_PACE.random } = options;
  const pace = { now, sleep, random };
  const table = new TableClient(client, tableName, pace);
  const types = membershipTypes(registry);
  const directory = openDirectoryStore(options);
  return {
    slice: (...asked) => directory.slice(...asked),
    count: (...asked) => directory.count(...asked),
    findIds: (...asked) => directory.findIds(...asked),
    aliveTypes: (...asked) => directory.aliveTypes(...asked),
    commit: (...asked) => directory.commit(...asked),
    look: (type, ids, call) => look(table, type, ids, now(), call),
    membersInOrder: (group, range, call) => membersInOrder(table, types, group, range, call),
    bring: async (arrivals, call) => {
      for (const { resource, found } of arrivals) {
        if (!found.isKept) continue;
        await tellGivenUp(table, types, resource.id, call);
        await giveUpKept(table, resource.id, call);
      }
      await table.execute(planArrivals(arrivals, now()), call);
    },
    bringMembers: (group, members, call) => bringMembers({ table, pace }, types, group, members, call),
  };
}
