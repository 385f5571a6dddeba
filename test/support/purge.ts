import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { TestStore } from './store-open.ts';

/** Takes the tombstone away: nothing can be restored any more. */
export const purge = ({ client, tableName }: Pick<TestStore, 'client' | 'tableName'>, id: string): Promise<unknown> =>
  client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'Removed#User' }, sk: { S: id } } }));
