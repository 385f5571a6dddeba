import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from './dynamodb-process.ts';

/**
 * One embedded DynamoDB for the whole run, in memory; `TEST_DYNAMODB_ENDPOINT` names another to judge by. And a folder for
 * what several test files synthesise.
 */
export default async function setUp(): Promise<void> {
  process.env['TEST_TEMPLATES'] = mkdtempSync(join(tmpdir(), 'scim-templates-'));
  if (process.env['TEST_DYNAMODB_ENDPOINT']) return;
  const server = await startDynamoDb();
  process.env['TEST_DYNAMODB_ENDPOINT'] = server.endpoint;
  Object.assign(globalThis, { stopDynamoDb: server.stop });
}
