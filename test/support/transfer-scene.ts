import type { StoredResource } from '../../src/directory/resource.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from './drain.ts';
import { openTestTable } from './dynamodb-client.ts';
import { contradictions } from './dynamodb-invariants.ts';
import { readTable } from './dynamodb-table.ts';
import { aCall } from './store-call.ts';
import { aGroup, asMember, aUser, create } from './store-resources.ts';

export type Table = Awaited<ReturnType<typeof openTestTable>>;

/** A directory to be taken away, and where it is brought to. */
export const twoTables = async () => ({ source: await openTestTable(), target: await openTestTable() });

export const openOn = ({ client, tableName }: Table) => openDirectoryStore({ client, tableName, registry: REGISTRY });

export const anyUser = (index: number): StoredResource => ({
  ...aUser(`user.${index}`, { displayName: `Ü ${index} "quoted"`, emails: [{ value: `user.${index}@example.com` }] }),
  externalIds: { default: `external-${index}` },
});

/** Users, a group of all of them, a group in a group, and one without members. */
export async function fill(table: Table, count: number) {
  const store = openOn(table);
  const users = await Promise.all(Array.from({ length: count }, (_, index) => create(store, anyUser(index))));
  const group = await create(store, aGroup('All'), users.map(asMember));
  await create(store, aGroup('Outer'), [asMember(group)]);
  await create(store, aGroup('Empty'));
  return { store, users, group };
}

/** What contradicts itself once nothing is left to be done. */
export async function problemsIn(table: Table): Promise<readonly string[]> {
  await drain(table);
  return contradictions(await readTable(table.client, table.tableName));
}

export const membersOf = async (table: Table, id: string): Promise<readonly string[] | undefined> =>
  (await openOn(table).load('Group', id, { members: true }, aCall()))?.members?.map(({ value }) => value).sort();
