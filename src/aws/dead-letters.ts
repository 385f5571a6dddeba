import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetters } from '../directory/feed/ports.ts';
import { parseWork } from './work-queue.ts';

export type DeadLettersOptions = {
  readonly client: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  /** Where they came from, and go back to. */
  readonly workQueueUrl: string;
};

/** What one call of the service takes. */
const BATCH = 10;
/** Long enough to go through many; what stays is there again afterwards. */
const HIDDEN_SECONDS = 120;
/** With a wait, every server of the queue is asked. */
const WAIT_SECONDS = 1;

/** A message that the work queue did not take; it names no content. */
class NotMoved extends Error {
  override readonly name = 'NotMoved';
}

export const openDeadLetters = ({ client, queueUrl: QueueUrl, workQueueUrl }: DeadLettersOptions): DeadLetters => ({
  count: async () => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }),
    );
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  },
  take: async () => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: BATCH,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: WAIT_SECONDS,
      }),
    );
    return Messages.map(toLetter);
  },
  release: async (letters) => {
    for (const batch of inBatches(letters)) await Promise.all(batch.map(({ receipt }) => client.send(show(QueueUrl, receipt))));
  },
  sendBack: async (letters) => {
    for (const batch of inBatches(letters)) {
      const Entries = batch.map(({ body }, index) => ({ Id: String(index), MessageBody: body }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: workQueueUrl, Entries }));
      if (Failed.length > 0) throw new NotMoved(`${Failed.length} messages were refused: ${Failed[0]?.Code}`);
      await Promise.all(batch.map(({ receipt }) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }))));
    }
  },
});

const show = (QueueUrl: string, ReceiptHandle: string): ChangeMessageVisibilityCommand =>
  new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });

const inBatches = (letters: readonly DeadLetter[]): readonly (readonly DeadLetter[])[] =>
  Array.from({ length: Math.ceil(letters.length / BATCH) }, (_, index) => letters.slice(index * BATCH, (index + 1) * BATCH));

const toLetter = ({ Body: body = '', ReceiptHandle: receipt = '' }: Message): DeadLetter => ({ kind: kindOf(body), body, receipt });

function kindOf(body: string): string | undefined {
  try {
    return parseWork(body).kind;
  } catch {
    return undefined;
  }
}
