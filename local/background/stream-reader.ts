import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import type { BackgroundFile } from './background-file.ts';

export type StreamReader = { readonly close: () => Promise<void> };

/** From which record on a batch is to come again. */
type Answer = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] };

export type StreamReaderOptions = {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly onRecords: (records: readonly StreamRecord[]) => Promise<Answer>;
  /** Knows how far each shard was read, by this process or one before. */
  readonly places: Pick<BackgroundFile, 'placeIn' | 'setPlace'>;
  /** @default 1,000; each further pause after a failure is twice as long */
  readonly firstPauseMs?: number;
};

/** As many as in the stack. */
const BATCH = 100;
const IDLE_MS = 250;
const AFTER_FAILURE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Hands over what is written to the table, as Lambda does: in order, from behind the last record that was dealt with, and
 * again from the first one that was not.
 */
export function readStream(options: StreamReaderOptions): StreamReader {
  const closing = new AbortController();
  const reading = readAll({ ...options, closing: closing.signal });
  return {
    close: async () => {
      closing.abort();
      await reading;
    },
  };
}

type Source = StreamReaderOptions & { readonly closing: AbortSignal };

/** A shard that has ended is followed by others. */
async function readAll(source: Source): Promise<void> {
  const known = new Set<string>();
  while (!source.closing.aborted) {
    const added = (await shardsOf(source).catch(() => [])).filter((shardId) => !known.has(shardId));
    for (const shardId of added) known.add(shardId);
    await Promise.all(added.map((shardId) => readShard(source, shardId)));
    if (added.length === 0) await rest(AFTER_FAILURE_MS, source.closing);
  }
}

async function readShard(source: Source, shardId: string): Promise<void> {
  const { firstPauseMs = AFTER_FAILURE_MS } = source;
  let [iterator, failures]: [string | undefined, number] = [undefined, 0];
  while (!source.closing.aborted) {
    try {
      const { isRefused, next } = await readBatch(source, shardId, iterator ?? (await iteratorOf(source, shardId)));
      if (!isRefused && next === undefined) return;
      [iterator, failures] = isRefused ? [undefined, failures + 1] : [next, 0];
    } catch {
      [iterator, failures] = [undefined, failures + 1];
    }
    if (failures > 0) await rest(Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (failures - 1)), source.closing);
  }
}

type Batch = { readonly isRefused: boolean; readonly next: string | undefined };

async function readBatch(source: Source, shardId: string, iterator: string | undefined): Promise<Batch> {
  const { client, streamArn, onRecords, places } = source;
  const { Records = [], NextShardIterator: next } = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH }));
  if (Records.length === 0) {
    if (next !== undefined) await rest(IDLE_MS, source.closing);
    return { isRefused: false, next };
  }
  const { batchItemFailures } = await onRecords(Records);
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  const failedAt = Records.findIndex((record) => failed.has(numberOf(record)));
  const done = failed.size === 0 ? Records : Records.slice(0, Math.max(0, failedAt));
  const last = done.at(-1);
  if (last !== undefined) places.setPlace(streamArn, shardId, numberOf(last));
  return { isRefused: failed.size > 0, next };
}

const numberOf = ({ dynamodb }: StreamRecord): string => dynamodb?.SequenceNumber ?? '';

async function shardsOf({ client, streamArn }: Source): Promise<readonly string[]> {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  return (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => ShardId ?? []);
}

/** Behind the last record that was dealt with; from the first one there is where that has gone, or where there is none. */
async function iteratorOf(source: Source, shardId: string): Promise<string | undefined> {
  const last = source.places.placeIn(source.streamArn, shardId);
  if (last === undefined) return iteratorAt(source, shardId, 'TRIM_HORIZON');
  try {
    return await iteratorAt(source, shardId, 'AFTER_SEQUENCE_NUMBER', last);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TrimmedDataAccessException')) throw error;
    return iteratorAt(source, shardId, 'TRIM_HORIZON');
  }
}

async function iteratorAt(
  { client, streamArn }: Source,
  ShardId: string,
  ShardIteratorType: ShardIteratorType,
  SequenceNumber?: string,
): Promise<string | undefined> {
  const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ShardIteratorType, SequenceNumber });
  return (await client.send(command)).ShardIterator;
}

const rest = (ms: number, signal: AbortSignal): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
