import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { openTestStreams } from './dynamodb-client.ts';
import type { TestStore } from './store-open.ts';

/** Hands over what was written since it was last asked, in its order. */
export type ReadOn = () => Promise<readonly StreamRecord[]>;

/** Has a table tell what is written to it from now on, as the stack's does. */
export async function openTableStream({ client, tableName }: Pick<TestStore, 'client' | 'tableName'>): Promise<ReadOn> {
  const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;
  const { TableDescription } = await client.send(new UpdateTableCommand({ TableName: tableName, StreamSpecification }));
  const streams = openTestStreams();
  const StreamArn = TableDescription?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const [{ ShardId } = {}, ...others] = StreamDescription?.Shards ?? [];
  if (others.length > 0) throw new TypeError('the embedded store has one shard for a table');
  return readerOf(streams, { StreamArn, ShardId });
}

type Shard = { readonly StreamArn: string | undefined; readonly ShardId: string | undefined };

/** Says anew each time behind which record it goes on: DynamoDB Local takes no place in a shard from before its first record. */
function readerOf(streams: DynamoDBStreamsClient, shard: Shard): ReadOn {
  let last: string | undefined;
  return async () => {
    const place =
      last === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last } as const);
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand({ ...shard, ...place }));
    const found: StreamRecord[] = [];
    for (;;) {
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
      ShardIterator = NextShardIterator;
      if (Records.length === 0) return found;
      found.push(...Records);
      last = Records.at(-1)?.dynamodb?.SequenceNumber;
    }
  };
}
