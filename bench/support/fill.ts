import { TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { indexEntries } from '../../src/directory/index-entries.ts';
import type { ChangeStamp } from '../../src/directory/ports.ts';
import type { Member, StoredResource } from '../../src/directory/resource.ts';
import { chunksOf } from '../../src/dynamodb/at-once.ts';
import { isAbsent } from '../../src/dynamodb/condition.ts';
import { membershipTypes } from '../../src/dynamodb/membership-types.ts';
import { planCreate } from '../../src/dynamodb/plan-create.ts';
import { planMembers } from '../../src/dynamodb/plan-members.ts';
import { putRequest, updateRequest, type Write } from '../../src/dynamodb/write.ts';
import { TRANSACTION_LIMIT } from '../../src/dynamodb/write-size.ts';
import { GROUP, REGISTRY, USER } from '../../src/scim/schema/resource-types.ts';
import type { Table } from './server.ts';

const TYPES = membershipTypes(REGISTRY);
const AT_ONCE = 4;

/**
 * Leaves in the table what the creation of these resources leaves there, by the store's own plans, but in transactions of
 * many, and with their counters as one sum: a hundred thousand take minutes, not an hour.
 */
export async function fillResources(table: Table, resources: readonly StoredResource[], stamp: ChangeStamp): Promise<void> {
  const writes = resources.flatMap((resource) => {
    const entries = indexEntries(resource.type === 'User' ? USER : GROUP, resource);
    return planCreate({ kind: 'create', resource, entries, members: [], stamp }, TYPES).plan.writes.map(({ write }) => write);
  });
  await put(table, writes);
  await pMap(
    summed(writes.filter(isUpdate)),
    (update) => table.client.send(new UpdateItemCommand(updateRequest(table.tableName, update))),
    {
      concurrency: AT_ONCE,
    },
  );
}

/** Leaves in the table the rows of these members, as changes of the group would. */
export async function fillMembers(table: Table, group: StoredResource, members: readonly Member[]): Promise<void> {
  const named = { type: group.type, id: group.id, display: TYPES.nameOf(group), nameVersion: group.nameVersion ?? 1 };
  await put(
    table,
    planMembers(named, { add: members, remove: [] }).map(({ write }) => write),
  );
}

/** A hundred in a transaction: the embedded store writes a file ten times as fast so as row by row. */
async function put({ client, tableName }: Table, writes: readonly Write[]): Promise<void> {
  const puts = writes
    .filter((write) => write.kind === 'put')
    .map((write) => ({ Put: putRequest(tableName, { ...write, condition: isAbsent }) }));
  await pMap(chunksOf(puts, TRANSACTION_LIMIT), (items) => client.send(new TransactWriteItemsCommand({ TransactItems: [...items] })), {
    concurrency: AT_ONCE,
  });
}

type Update = Write & { kind: 'update' };

const isUpdate = (write: Write): write is Update => write.kind === 'update';

function summed(updates: readonly Update[]): readonly Update[] {
  const sums = new Map<string, Update>();
  for (const update of updates) {
    const key = `${update.key.pk} ${update.key.sk}`;
    const before = sums.get(key)?.add ?? {};
    const add = Object.fromEntries(Object.entries(update.add ?? {}).map(([name, value]) => [name, value + (before[name] ?? 0)]));
    sums.set(key, { ...update, add });
  }
  return [...sums.values()];
}
