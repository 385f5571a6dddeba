import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { TABLE_SCHEMA } from '../../src/dynamodb/table.ts';

/** A client for the run's embedded DynamoDB, as another process would have one. */
export const openTestClient = (endpoint?: string): DynamoDBClient => new DynamoDBClient({ ...embedded(endpoint), maxAttempts: 1 });

/** The same for the streams of its tables. */
export const openTestStreams = (): DynamoDBStreamsClient => new DynamoDBStreamsClient(embedded());

function embedded(endpoint = process.env['TEST_DYNAMODB_ENDPOINT']) {
  if (!endpoint) throw new Error('TEST_DYNAMODB_ENDPOINT is not set: the global set-up of jest.config.js did not run.');
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** A client for the run's embedded DynamoDB, or the one that is given, and a fresh table in it. */
export async function openTestTable(client = openTestClient()): Promise<{ readonly client: DynamoDBClient; readonly tableName: string }> {
  const tableName = `test-${randomUUID()}`;
  const { KeySchema, AttributeDefinitions, BillingMode } = TABLE_SCHEMA;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      KeySchema: [...KeySchema],
      AttributeDefinitions: [...AttributeDefinitions],
      BillingMode,
    }),
  );
  return { client, tableName };
}
