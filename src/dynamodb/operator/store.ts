import type { RecordStore } from '../../directory/operator/ports.ts';
import type { ChangeStamp, StoreCall } from '../../directory/ports.ts';
import { document } from '../item.ts';
import { isId, keyOf } from '../keys.ts';
import { membershipTypes } from '../membership-types.ts';
import { toStamp } from '../removed.ts';
import { REAL_PACE } from '../retry.ts';
import type { DirectoryStoreOptions } from '../store.ts';
import { TableClient } from '../table-client.ts';
import { giveUpKept } from '../transfer/give-up-kept.ts';
import { membersInOrder } from '../transfer/members-in-order.ts';
import { erase } from './erase.ts';
import { giveUp } from './give-up.ts';
import { keptMemberships } from './kept-memberships.ts';
import { workLeft } from './work-left.ts';

/** The request's last part, in which no other page is begun. */
const RESERVE_MS = 3_000;

/** Opens the tenant's table for what only an operator asks. */
export function openRecordStore(options: Pick<DirectoryStoreOptions, 'client' | 'tableName' | 'registry' | 'now'>): RecordStore {
  const { client, tableName, registry, now = REAL_PACE.now } = options;
  const table = new TableClient(client, tableName, { ...REAL_PACE, now });
  const types = membershipTypes(registry);
  return {
    lastChange: (type, id, call) => lastChange(table, type, id, call),
    membersInOrder: (group, range, call) => membersInOrder(table, types, group, range, call),
    keptMemberships: (id, call) => keptMemberships(table, id, call),
    giveUp: (type, id, call) => giveUp(table, type, id, call),
    giveUpKept: async (type, id, call) => {
      const announcement = await table.get(keyOf.outbox(type, id), call);
      if (announcement !== undefined && announcement['ttl'] === undefined) return false;
      await giveUpKept(table, id, call);
      return true;
    },
    erase: (id, from, call) => erase(table, id, from, () => now() > call.deadlineMs - RESERVE_MS, call),
    workLeft: (call) => workLeft(table, types.all, call),
  };
}

async function lastChange(table: TableClient, type: string, id: string, call: StoreCall): Promise<ChangeStamp | undefined> {
  const row = isId(id) ? await table.get(keyOf.resource(type, id), call) : undefined;
  return row && toStamp(document(row, 'lastChange'));
}
