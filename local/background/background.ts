import { randomUUID } from 'node:crypto';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { REGION } from '../function-environment.ts';
import type { Functions } from '../handlers.ts';
import type { BackgroundFile } from './background-file.ts';
import { openDeadLetters } from './dead-letters.ts';
import type { Message } from './message.ts';
import { startQueueEndpoint } from './queue-endpoint.ts';
import { readStream } from './stream-reader.ts';
import { startWorker } from './worker.ts';

export type Background = {
  /** Where the functions put work: it waits until they are loaded. */
  readonly queueUrl: string;
  /** Lets the table's stream and the queue reach their functions. */
  readonly serve: (functions: Served, table: StreamedTable) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Served = Pick<Functions, 'stream' | 'sweeper'> & {
  /** Told of what has failed for the last time. */
  readonly onGivenUp: (error: unknown) => void;
};

export type StreamedTable = { readonly endpoint: string; readonly streamArn: string };

const DAY_MS = 86_400_000;
const WORK = 'work';

/** What AWS runs between the table and the sweeper: the stream's source mapping, the queues, the daily rule. */
export async function startBackground(accessKeyId: string, file: BackgroundFile): Promise<Background> {
  const loaded = Promise.withResolvers<Served>();
  const deadLetters = openDeadLetters(file);
  const worker = startWorker({
    invoke: async (message) => (await loaded.promise).sweeper(message),
    onDone: ({ id }) => file.drop(id),
    onGivenUp: async (error, message) => {
      deadLetters.add(message);
      (await loaded.promise).onGivenUp(error);
    },
  });
  const deliver = (message: Message): void => {
    file.keep(WORK, message);
    worker.deliver(message);
  };
  const queue = await startQueueEndpoint({ accessKeyId }, { deliver, waiting: worker.count, deadLetters });
  const running = new AsyncDisposableStack();
  running.defer(queue.close);
  return {
    queueUrl: queue.url,
    close: () => running.disposeAsync(),
    serve: async (functions, { endpoint, streamArn }) => {
      const client = new DynamoDBStreamsClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey: accessKeyId } });
      running.defer(() => client.destroy());
      running.defer(worker.close);
      const reader = readStream({ client, streamArn, places: file, onRecords: (Records) => functions.stream({ Records }) });
      running.defer(reader.close);
      loaded.resolve(functions);
      for (const left of file.messagesIn(WORK)) worker.deliver(left);
      worker.deliver(message('requeue'));
      const daily = setInterval(() => worker.deliver(message('inspect')), DAY_MS);
      running.defer(() => clearInterval(daily));
    },
  };
}

const message = (kind: 'requeue' | 'inspect'): Message => ({ id: randomUUID(), body: JSON.stringify({ kind }), delaySeconds: 0 });
