import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aUser, create, deletion } from '../support/store-resources.ts';

describe('a resource whose unique item was lost, by a repair of the table', () => {
  it('can still be removed', async () => {
    const { store, client, tableName } = await openTestStore();
    const user = await create(store, aUser('keyless'));
    const { pk, sk } = keyOf.unique('User', { attribute: 'userName', value: 'keyless' });
    const { Attributes } = await client.send(
      new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: pk }, sk: { S: sk } }, ReturnValues: 'ALL_OLD' }),
    );

    await store.commit(deletion(user), aCall());

    expect(Attributes?.['id']?.S).toBe(user.id);
    expect(await store.load('User', user.id, {}, aCall())).toBeUndefined();
  });
});
