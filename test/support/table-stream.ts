import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { openTestClient, openTestTable } from './dynamodb-client.ts';

/** A fresh table with a stream, as the stack has it. */
export async function openStreamedTable() {
  const table = await openTestTable(openTestClient());
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  const { TableDescription } = await table.client.send(new UpdateTableCommand({ TableName: table.tableName, StreamSpecification }));
  const streamArn = TableDescription?.LatestStreamArn;
  if (streamArn === undefined) throw new TypeError('the table has no stream');
  return { ...table, readStream: () => readStream(streamArn) };
}

/** Reads all that was written, in its order. */
async function readStream(StreamArn: string): Promise<readonly StreamRecord[]> {
  const endpoint = process.env['TEST_DYNAMODB_ENDPOINT'] ?? '';
  const client = new DynamoDBStreamsClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    const records: StreamRecord[] = [];
    for (const { ShardId } of StreamDescription?.Shards ?? []) records.push(...(await readShard(client, StreamArn, ShardId)));
    return records;
  } finally {
    client.destroy();
  }
}

async function readShard(client: DynamoDBStreamsClient, StreamArn: string, ShardId: string | undefined): Promise<readonly StreamRecord[]> {
  const begin = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  const records: StreamRecord[] = [];
  let { ShardIterator } = await client.send(begin);
  while (ShardIterator !== undefined) {
    const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
    if (Records.length === 0) return records;
    records.push(...Records);
    ShardIterator = NextShardIterator;
  }
  return records;
}
