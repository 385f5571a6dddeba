import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { TestStore } from './store-open.ts';

type Table = Pick<TestStore, 'client' | 'tableName'>;

/** Has the table of a test tell what is written from now on, and hands over all of it whenever it is asked. */
export async function recordStream({ client, tableName }: Table): Promise<() => Promise<readonly StreamRecord[]>> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  const { TableDescription } = await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }));
  const { endpoint, region, credentials } = client.config;
  const streams = new DynamoDBStreamsClient({ ...(endpoint && { endpoint }), region, credentials });
  return () => readAll(streams, TableDescription?.LatestStreamArn);
}

async function readAll(streams: DynamoDBStreamsClient, StreamArn: string | undefined): Promise<readonly StreamRecord[]> {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const found: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const first = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }));
    let next = first.ShardIterator;
    while (next !== undefined) {
      const page: GetRecordsCommandOutput = await streams.send(new GetRecordsCommand({ ShardIterator: next }));
      found.push(...(page.Records ?? []));
      next = page.Records?.length ? page.NextShardIterator : undefined;
    }
  }
  return found;
}
