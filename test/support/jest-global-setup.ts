import { startDynamoDb } from './dynamodb-process.ts';

/** One embedded DynamoDB for the whole run, in memory; `TEST_DYNAMODB_ENDPOINT` names another to judge by. */
export default async function setUp(): Promise<void> {
  if (process.env['TEST_DYNAMODB_ENDPOINT']) return;
  const server = await startDynamoDb();
  process.env['TEST_DYNAMODB_ENDPOINT'] = server.endpoint;
  Object.assign(globalThis, { stopDynamoDb: server.stop });
}
