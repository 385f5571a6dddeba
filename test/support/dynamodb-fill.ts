import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshal } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import type { TestStore } from './store-open.ts';

const BATCH = 25;

/** An id that no resource has, the same for the same number. */
const numberedId = (index: number): string => `0197f000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** Writes member rows of a group as the store would, and nothing else: enough for who reads the group alone. */
export async function fillMembers(
  { client, tableName }: Pick<TestStore, 'client' | 'tableName'>,
  groupId: string,
  from: number,
  to: number,
) {
  for (let start = from; start < to; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, to - start) }, (_, index) => ({
      ...keyOf.membership(groupId, numberedId(start + index)),
      type: 'User',
      schemaVersion: 1,
    }));
    await client.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: rows.map((row) => ({ PutRequest: { Item: marshal(row) } })) } }),
    );
  }
}
