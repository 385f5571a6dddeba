import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DirectoryStore } from '../../src/directory/ports.ts';
import { type DirectoryStoreOptions, openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestTable } from './dynamodb-client.ts';

export type TestStore = { readonly store: DirectoryStore; readonly client: DynamoDBClient; readonly tableName: string };

/** A directory in a fresh table of the run's embedded DynamoDB. */
export async function openTestStore(options: Partial<DirectoryStoreOptions> = {}): Promise<TestStore> {
  const { client, tableName } = await openTestTable();
  return { store: openDirectoryStore({ client, tableName, registry: REGISTRY, ...options }), client, tableName };
}
