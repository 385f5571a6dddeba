import { randomBytes } from 'node:crypto';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { REGION } from './function-environment.ts';
import { StartRefusal, systemCode } from './start-refusal.ts';

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;

export type LocalTable = { readonly tableName: string; readonly streamArn: string };

/**
 * Opens the table of this store, which is made if there is none yet.
 *
 * @throws {StartRefusal} when nothing that speaks DynamoDB answers at the endpoint
 */
export async function openTable(endpoint: string, accessKeyId: string): Promise<LocalTable> {
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey: accessKeyId } });
  try {
    const tableName = (await findTable(client)) ?? newName();
    return { tableName, streamArn: await ensureTable(client, tableName) };
  } catch (error) {
    if (error instanceof StartRefusal) throw error;
    const reason = systemCode(error) ?? (error instanceof Error ? error.name : 'unknown');
    throw new StartRefusal(`The DynamoDB at ${endpoint} could not be used (${reason}). Is DYNAMODB_ENDPOINT right?`, { cause: error });
  } finally {
    client.destroy();
  }
}

const NAME = /^scim(-[\da-f]{8})?$/;

/** As the stack's table has one of its own: whoever followed a directory that was deleted finds that this is another one. */
const newName = (): string => `scim-${randomBytes(4).toString('hex')}`;

/** Finds the name of the table that was made before. */
export async function findTable(client: DynamoDBClient): Promise<string | undefined> {
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    const found = TableNames.find((name) => NAME.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Makes a table as the stack does, unless it is there; returns the ARN of its stream. */
export async function ensureTable(client: DynamoDBClient, tableName: string): Promise<string> {
  if (await createTable(client, tableName)) await endItems(client, tableName);
  return (await streamOf(client, tableName)) ?? (await addStream(client, tableName));
}

async function endItems(client: DynamoDBClient, tableName: string): Promise<void> {
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: tableName });
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } }),
  );
}

async function streamOf(client: DynamoDBClient, TableName: string): Promise<string | undefined> {
  return (await client.send(new DescribeTableCommand({ TableName }))).Table?.LatestStreamArn;
}

/** A table made before there was anything to read from it has none. */
async function addStream(client: DynamoDBClient, TableName: string): Promise<string> {
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification: STREAM }));
  const arn = await streamOf(client, TableName);
  if (arn === undefined) throw new StartRefusal('This DynamoDB has no streams.');
  return arn;
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: STREAM,
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}
