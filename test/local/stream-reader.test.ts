import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { describe, expect, it } from '@jest/globals';
import { type BackgroundFile, openBackgroundFile } from '../../local/background/background-file.ts';
import { readStream } from '../../local/background/stream-reader.ts';
import { ensureTable } from '../../local/table.ts';
import { openTestClient } from '../support/dynamodb-client.ts';

const ENDPOINT = process.env['TEST_DYNAMODB_ENDPOINT'] ?? '';

/** A table with a stream, into which so many items have been written. */
async function openStreamed(count: number) {
  const TableName = `stream-${process.hrtime.bigint()}`;
  const client = openTestClient();
  const streamArn = await ensureTable(client, TableName);
  const write = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await client.send(new PutItemCommand({ TableName, Item: { pk: { S: name }, sk: { S: name } } }));
  };
  await write(...Array.from({ length: count }, (_, index) => String(index)));
  return { streamArn, write };
}

type Answer = Awaited<ReturnType<Parameters<typeof readStream>[0]['onRecords']>>;
type Take = (names: readonly string[], numbers: readonly string[]) => Answer;

const ALL_TAKEN: Answer = { batchItemFailures: [] };

/** Reads until a batch has been taken for which `isEnd` holds; says which records were handed over, batch by batch. */
async function read(streamArn: string, places: BackgroundFile, take: Take, isEnd: (names: readonly string[]) => boolean) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBStreamsClient({ endpoint: ENDPOINT, region: 'us-east-1', credentials });
  const batches: (readonly string[])[] = [];
  const ended = Promise.withResolvers<void>();
  const reader = readStream({
    client,
    streamArn,
    places,
    firstPauseMs: 1,
    onRecords: async (records) => {
      const names = records.map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S ?? '');
      batches.push(names);
      const answer = take(
        names,
        records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? ''),
      );
      if (isEnd(names)) ended.resolve();
      return answer;
    },
  });
  await ended.promise;
  await reader.close();
  client.destroy();
  return batches;
}

const endsIn = (last: string) => (names: readonly string[]) => names.at(-1) === last;

describe('the reader of the table’s stream', () => {
  it('begins with the first record there is, and later goes on behind the last one that was taken', async () => {
    const { streamArn, write } = await openStreamed(3);
    const places = openBackgroundFile(':memory:');

    const first = await read(streamArn, places, () => ALL_TAKEN, endsIn('2'));
    await write('later');
    const second = await read(streamArn, places, () => ALL_TAKEN, endsIn('later'));

    expect([first.flat(), second.flat()]).toEqual([['0', '1', '2'], ['later']]);
  });

  it('hands over again from the first record that was refused', async () => {
    const { streamArn } = await openStreamed(4);
    let isRefused = false;
    const refuseThird: Take = (_, numbers) => {
      if (isRefused) return ALL_TAKEN;
      isRefused = true;
      return { batchItemFailures: [{ itemIdentifier: numbers[2] ?? '' }] };
    };

    const batches = await read(streamArn, openBackgroundFile(':memory:'), refuseThird, (names) => names.length === 2);

    expect(batches).toEqual([
      ['0', '1', '2', '3'],
      ['2', '3'],
    ]);
  });

  it('hands over a batch again that failed as a whole', async () => {
    const { streamArn } = await openStreamed(2);
    const outcomes = [false, false, true];
    const failTwice: Take = () => {
      if (outcomes.shift() !== true) throw new TypeError('the end');
      return ALL_TAKEN;
    };
    let batches = 0;

    const handed = await read(streamArn, openBackgroundFile(':memory:'), failTwice, () => {
      batches += 1;
      return true;
    });

    expect(handed).toEqual([
      ['0', '1'],
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(batches).toBe(1);
  });

  it('is not led astray by how far another stream was read', async () => {
    const { streamArn } = await openStreamed(1);
    const places = openBackgroundFile(':memory:');
    places.setPlace('another stream', 'shard', '999');

    const batches = await read(streamArn, places, () => ALL_TAKEN, endsIn('0'));

    expect([batches.flat(), places.lastRead()]).toEqual([['0'], 999]);
  });
});
