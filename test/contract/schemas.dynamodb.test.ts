import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults, lostAnswer } from '../support/dynamodb-faults.ts';
import { aCall } from '../support/store-call.ts';

describe('SchemaStore on DynamoDB', () => {
  it('gives back what was stored, with one call', async () => {
    const schemas = openSchemaStore(await openTestTable());

    expect(await schemas.read(aCall())).toBeUndefined();
    await schemas.write({ version: 1, text: '{"a":"ä"}' }, aCall());

    const call = aCall();
    expect(await schemas.read(call)).toEqual({ version: 1, text: '{"a":"ä"}' });
    expect(call.usage).toMatchObject({ calls: 1, readUnits: 1 });
  });

  it('stores a version only after the one before it', async () => {
    const schemas = openSchemaStore(await openTestTable());

    await expect(schemas.write({ version: 2, text: 'b' }, aCall())).rejects.toMatchObject({ name: 'StaleRead' });
    await schemas.write({ version: 1, text: 'a' }, aCall());
    await expect(schemas.write({ version: 1, text: 'b' }, aCall())).rejects.toMatchObject({ name: 'StaleRead' });
    await schemas.write({ version: 2, text: 'b' }, aCall());
    await expect(schemas.write({ version: 2, text: 'c' }, aCall())).rejects.toMatchObject({ name: 'StaleRead' });

    expect(await schemas.read(aCall())).toEqual({ version: 2, text: 'b' });
  });

  it('knows its own work when the answer was lost', async () => {
    const opened = await openTestTable();
    const schemas = openSchemaStore(opened);
    injectFaults(opened.client, (command, earlier) => (command === 'PutItemCommand' && earlier === 0 ? lostAnswer() : undefined));

    await schemas.write({ version: 1, text: 'a' }, aCall());

    expect(await schemas.read(aCall())).toEqual({ version: 1, text: 'a' });
  });

  it('hands over an item that is damaged as one without text', async () => {
    const { client, tableName } = await openTestTable();
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: { pk: { S: 'Settings' }, sk: { S: 'Schemas' }, version: { S: 'x' }, text: { N: '1' } },
      }),
    );

    expect(await openSchemaStore({ client, tableName }).read(aCall())).toEqual({ version: 0, text: '' });
  });
});
