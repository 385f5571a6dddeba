import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshal } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { resourceRow } from '../../src/dynamodb/rows.ts';
import { STAMP } from './store-call.ts';
import type { TestStore } from './store-open.ts';
import { aUser } from './store-resources.ts';

const BATCH = 25;

/** An id that no resource has, the same for the same number. */
const numberedId = (index: number): string => `0197f000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** Writes member rows of a group as the store would, and nothing else: enough for who reads the group alone. */
export async function fillMembers(table: Table, groupId: string, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, index) => ({ ...keyOf.membership(groupId, numberedId(from + index)), type: 'User' }));
  await putAll(table, rows);
}

/** Writes the rows of so many users, and nothing else: enough for who goes through them. Returns their ids. */
export async function fillUsers(table: Table, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, index) => numberedId(index));
  await putAll(
    table,
    ids.map((id, index) => ({ ...keyOf.resource('User', id), ...resourceRow({ ...aUser(`user-${index}`), id }, STAMP) })),
  );
  return ids;
}

type Table = Pick<TestStore, 'client' | 'tableName'>;

async function putAll({ client, tableName }: Table, rows: readonly Parameters<typeof marshal>[0][]): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH).map((row) => ({ PutRequest: { Item: marshal({ ...row, schemaVersion: 1 }) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: batch } }));
  }
}
