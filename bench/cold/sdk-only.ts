/** The yardstick: a handler that is nothing but the two SDK clients, with the commands the store uses, bundled plainly. */
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const table = new DynamoDBClient();
const vault = new SecretsManagerClient();
const { SECRET_ID, TABLE_NAME } = process.env;

export const commands = [
  BatchGetItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
];

export async function handler(): Promise<{ readonly statusCode: number; readonly body: string }> {
  await vault.send(new GetSecretValueCommand({ SecretId: SECRET_ID }));
  const { Item } = await table.send(
    new GetItemCommand({ TableName: TABLE_NAME, Key: { pk: { S: 'Settings' }, sk: { S: 'Application#default' } }, ConsistentRead: true }),
  );
  return { statusCode: 200, body: JSON.stringify(Item ?? {}) };
}
