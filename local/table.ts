import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { REGION } from './function-environment.ts';
import { StartRefusal, systemCode } from './start-refusal.ts';

/**
 * Makes the table as the stack does, unless it is there.
 *
 * @throws {StartRefusal} when nothing that speaks DynamoDB answers at the endpoint
 */
export async function openTable(endpoint: string, tableName: string, accessKeyId: string): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey: accessKeyId } });
  try {
    await ensureTable(client, tableName);
  } catch (error) {
    const reason = systemCode(error) ?? (error instanceof Error ? error.name : 'unknown');
    throw new StartRefusal(`The DynamoDB at ${endpoint} could not be used (${reason}). Is DYNAMODB_ENDPOINT right?`, { cause: error });
  } finally {
    client.destroy();
  }
}

async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  if (!(await createTable(client, tableName))) return;
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: tableName });
  await client.send(
    new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } }),
  );
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<boolean> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
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
