import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { isPresent } from '../../../src/dynamodb/condition.ts';
import { REAL_PACE } from '../../../src/dynamodb/retry.ts';
import { TableClient } from '../../../src/dynamodb/table-client.ts';
import { answerInstead } from '../../support/dynamodb-faults.ts';
import { aCall } from '../../support/store-call.ts';

type Sent = { readonly command: string; readonly input: object };

/** A table whose service answers as told; everything sent to it is kept. */
function aTable(...answers: readonly object[]) {
  const client = new DynamoDBClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const sent: Sent[] = [];
  answerInstead(client, (command, input) => {
    sent.push({ command, input });
    return answers[sent.length - 1] ?? {};
  });
  return { table: new TableClient(client, 'table', { ...REAL_PACE, sleep: async () => undefined }), sent };
}

const key = (sk: string) => ({ pk: 'p', sk });
const item = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });

describe('TableClient', () => {
  it('asks again for the keys of a batch that were left out', async () => {
    const { table, sent } = aTable(
      { Responses: { table: [item('1')] }, UnprocessedKeys: { table: { Keys: [item('2')] } } },
      { Responses: { table: [item('2')] } },
    );
    const call = aCall();

    const rows = await table.getMany([key('1'), key('2')], call);

    expect(rows).toEqual([key('1'), key('2')]);
    expect(sent[1]?.input).toMatchObject({ RequestItems: { table: { Keys: [item('2')], ConsistentRead: true } } });
    expect(call.usage).toMatchObject({ calls: 2, retries: 1 });
  });

  it('is unavailable when keys are left out until the deadline', async () => {
    const always = Array.from({ length: 1_000 }, () => ({ UnprocessedKeys: { table: { Keys: [item('1')] } } }));
    const { table } = aTable(...always);

    await expect(table.getMany([key('1')], aCall({ deadlineMs: Date.now() + 40 }))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('reads 250 keys, one of them twice, as three batches at the same time', async () => {
    const { table, sent } = aTable();
    const call = aCall();

    await table.getMany([key('0'), ...Array.from({ length: 250 }, (_, index) => key(String(index)))], call);

    expect(sent).toHaveLength(3);
    expect(call.usage.roundTrips).toBe(1);
  });

  it('goes on past an empty page that is not the last', async () => {
    const { table } = aTable({ Items: [], LastEvaluatedKey: item('1') }, { Items: [item('2')] });

    expect(await table.all({ pk: 'p' }, aCall())).toEqual([key('2')]);
  });

  it('reads strongly, always', async () => {
    const { table, sent } = aTable();

    await table.get(key('1'), aCall());
    await table.all({ pk: 'p' }, aCall());
    await table.all({ pk: 'p', upTo: '5', backwards: true, limit: 1, only: ['sk'] }, aCall());

    for (const { input } of sent) expect(input).toMatchObject({ ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' });
    expect(sent[2]?.input).toMatchObject({
      KeyConditionExpression: '#pk = :pk AND #sk <= :upTo',
      ScanIndexForward: false,
      Limit: 1,
      ProjectionExpression: '#sk',
    });
  });

  it('sends one write as a single write, and a lone check as a transaction', async () => {
    const { table, sent } = aTable();

    await table.execute({ writes: [{ write: { kind: 'put', key: key('1'), attributes: {} } }] }, aCall());
    await table.execute({ writes: [{ write: { kind: 'delete', key: key('1') } }] }, aCall());
    await table.execute({ writes: [{ write: { kind: 'check', key: key('1'), condition: isPresent } }] }, aCall());
    await table.execute({ writes: [] }, aCall());

    expect(sent.map(({ command }) => command)).toEqual(['PutItemCommand', 'DeleteItemCommand', 'TransactWriteItemsCommand']);
  });

  it('gives every transaction a token of its own', async () => {
    const { table, sent } = aTable();
    const plan = { writes: [key('1'), key('2')].map((target) => ({ write: { kind: 'delete' as const, key: target } })) };

    await table.execute(plan, aCall());
    await table.execute(plan, aCall());

    const tokens = sent.map(({ input }) => Reflect.get(input, 'ClientRequestToken'));
    expect(tokens).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(tokens).size).toBe(2);
  });

  it('refuses a plan that is too large as a whole before it sends anything', async () => {
    const { table, sent } = aTable();
    const writes = Array.from({ length: 14 }, (_, index) => ({
      write: { kind: 'put' as const, key: key(String(index)), attributes: { attributes: 'x'.repeat(290_000) } },
    }));

    await expect(table.execute({ writes }, aCall())).rejects.toMatchObject({ kind: 'tooLarge' });
    expect(sent).toEqual([]);
  });
});
