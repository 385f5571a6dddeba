import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Errand, Work, WorkQueue } from '../directory/ports.ts';

export type WorkQueueOptions = { readonly client: Pick<SQSClient, 'send'>; readonly queueUrl: string };

/** What one call of the service takes. */
const BATCH = 10;

const from = z.optional(z.string());
const workSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sweep'), type: z.string(), id: z.string(), from }),
  z.object({ kind: z.literal('return'), type: z.string(), id: z.string() }),
  z.object({ kind: z.literal('conclude'), change: z.string() }),
  z.object({ kind: z.literal('backfill'), name: z.string() }),
  z.object({ kind: z.literal('requeue') }),
  z.object({ kind: z.literal('inspect'), from }),
  z.object({ kind: z.literal('publish'), generation: z.int(), position: z.int(), index: z.int() }),
  z.object({ kind: z.literal('departures'), type: z.string(), id: z.string(), version: z.int() }),
  z.object({ kind: z.literal('announce'), type: z.string(), id: z.string(), version: z.optional(z.int()) }),
  z.object({ kind: z.literal('records'), stream: z.string(), shard: z.string(), from: z.string(), upTo: z.string() }),
]);

/** What Lambda itself says of records that a function could not take, in all its attempts. */
const putAsideSchema = z.object({
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
  }),
});

/** A message that the queue did not take; it names no content. */
class NotQueued extends Error {
  override readonly name = 'NotQueued';
}

/** Puts work into the queue; each message is one piece of it, as JSON. */
export const openWorkQueue = ({ client, queueUrl }: WorkQueueOptions): WorkQueue => ({
  send: async (errands) => {
    for (let start = 0; start < errands.length; start += BATCH) await sendBatch(client, queueUrl, errands.slice(start, start + BATCH));
  },
});

/** @throws {z.core.$ZodError} when the message is none of ours */
export function parseWork(body: string): Work {
  const message: unknown = JSON.parse(body);
  const putAside = putAsideSchema.safeParse(message);
  return putAside.success ? recordsOf(putAside.data) : workSchema.parse(message);
}

const recordsOf = ({ DDBStreamBatchInfo: info }: z.output<typeof putAsideSchema>): Work => ({
  kind: 'records',
  stream: info.streamArn,
  shard: info.shardId,
  from: info.startSequenceNumber,
  upTo: info.endSequenceNumber,
});

async function sendBatch(client: Pick<SQSClient, 'send'>, queueUrl: string, errands: readonly Errand[]): Promise<void> {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: errands.map(({ work, delaySeconds }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(work),
        DelaySeconds: delaySeconds,
      })),
    }),
  );
  if (Failed.length > 0) throw new NotQueued(`${Failed.length} of ${errands.length} messages were refused: ${Failed[0]?.Code}`);
}
