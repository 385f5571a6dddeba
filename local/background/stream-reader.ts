import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';

export type StreamReader = { readonly close: () => Promise<void> };

export type StreamReaderOptions = {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly onRecords: (records: readonly StreamRecord[]) => Promise<unknown>;
};

const IDLE_MS = 250;
const AFTER_FAILURE_MS = 1_000;

/** Hands over what is written to the table from now on, as Lambda does: in order, and again where that fails. */
export async function readStream({ client, streamArn, onRecords }: StreamReaderOptions): Promise<StreamReader> {
  const closing = new AbortController();
  const source = { client, streamArn, onRecords, closing: closing.signal };
  const known = await shardsOf(source);
  const begun = await Promise.all(known.map(async (shardId) => ({ shardId, iterator: await iteratorOf(source, shardId, 'LATEST') })));
  const reading = readAll(source, begun, new Set(known));
  return {
    close: async () => {
      closing.abort();
      await reading;
    },
  };
}

type Source = StreamReaderOptions & { readonly closing: AbortSignal };
type Shard = { readonly shardId: string; readonly iterator: string | undefined };

/** A shard that has ended is followed by others. */
async function readAll(source: Source, begun: readonly Shard[], known: Set<string>): Promise<void> {
  let shards = begun;
  while (!source.closing.aborted) {
    await Promise.all(shards.map((shard) => readShard(source, shard)));
    const added = (await shardsOf(source).catch(() => [])).filter((shardId) => !known.has(shardId));
    for (const shardId of added) known.add(shardId);
    shards = added.map((shardId) => ({ shardId, iterator: undefined }));
    if (shards.length === 0) await rest(AFTER_FAILURE_MS, source.closing);
  }
}

async function readShard(source: Source, { shardId, iterator }: Shard): Promise<void> {
  let place: Place = { next: iterator, lastNumber: undefined };
  while (!source.closing.aborted) {
    try {
      const step: Place | undefined = await readBatch(source, shardId, place);
      if (step === undefined) return;
      place = step;
    } catch {
      place = { ...place, next: undefined };
      await rest(AFTER_FAILURE_MS, source.closing);
    }
  }
}

/** Where to read on, or behind which record, when an iterator is of no use any more. */
type Place = { readonly next: string | undefined; readonly lastNumber: string | undefined };

async function readBatch(source: Source, shardId: string, { next, lastNumber }: Place): Promise<Place | undefined> {
  const iterator =
    next ?? (await iteratorOf(source, shardId, lastNumber === undefined ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER', lastNumber));
  const { Records = [], NextShardIterator } = await source.client.send(new GetRecordsCommand({ ShardIterator: iterator }));
  if (Records.length > 0) await source.onRecords(Records);
  else await rest(IDLE_MS, source.closing);
  if (NextShardIterator === undefined) return undefined;
  return { next: NextShardIterator, lastNumber: Records.at(-1)?.dynamodb?.SequenceNumber ?? lastNumber };
}

async function shardsOf({ client, streamArn }: Source): Promise<readonly string[]> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  return (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? []);
}

async function iteratorOf(
  { client, streamArn }: Source,
  ShardId: string,
  ShardIteratorType: ShardIteratorType,
  SequenceNumber?: string,
): Promise<string | undefined> {
  const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType, SequenceNumber });
  return (await client.send(command)).ShardIterator;
}

const rest = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
