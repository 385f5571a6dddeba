import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type AwsEndpoint, type AwsEndpointOptions, ServiceRefusal, startAwsEndpoint } from '../aws-endpoint.ts';
import { DEAD_LETTERS, type DeadLetters } from './dead-letters.ts';
import { type Message, md5 } from './message.ts';

export type Queues = {
  /** Takes a message for the worker. */
  readonly deliver: (message: Message) => void;
  /** How many the worker has. */
  readonly waiting: () => number;
  readonly deadLetters: DeadLetters;
};

const sent = { MessageBody: z.string(), DelaySeconds: z.optional(z.number()) };
const QueueUrl = z.string();

/**
 * Starts an SQS on this machine, with the two queues and the operations this system uses: what is put into the one is handed
 * over to the worker, with its delay; the other is looked into. Point `AWS_ENDPOINT_URL_SQS` at its URL.
 */
export const startQueueEndpoint = (options: Pick<AwsEndpointOptions, 'accessKeyId' | 'port'>, queues: Queues): Promise<AwsEndpoint> =>
  startAwsEndpoint({
    ...options,
    version: '1.0',
    perform: (target, input) => {
      const operation = OPERATIONS.get(target.replace(/^AmazonSQS\./, ''));
      if (operation === undefined) throw new ServiceRefusal('InvalidAction', `This local endpoint does not offer "${target}".`);
      return operation(queues, input);
    },
  });

type Operation = (queues: Queues, input: unknown) => object;

/** Does something with input of this shape. */
const operation =
  <Schema extends z.core.$ZodType>(schema: Schema, perform: (queues: Queues, input: z.output<Schema>) => object): Operation =>
  (queues, input) => {
    const parsed = z.safeParse(schema, input);
    if (!parsed.success) throw new ServiceRefusal('InvalidParameterValue', z.prettifyError(parsed.error));
    return perform(queues, parsed.data);
  };

const isDeadLetters = (url: string): boolean => url.endsWith(`/${DEAD_LETTERS}`);

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['SendMessage', operation(z.object({ QueueUrl, ...sent }), (queues, message) => accept(queues, message.QueueUrl, message))],
  [
    'SendMessageBatch',
    operation(z.object({ QueueUrl, Entries: z.array(z.object({ Id: z.string(), ...sent })) }), (queues, batch) => ({
      Successful: batch.Entries.map((entry) => ({ Id: entry.Id, ...accept(queues, batch.QueueUrl, entry) })),
      Failed: [],
    })),
  ],
  [
    'ReceiveMessage',
    operation(
      z.object({ QueueUrl, MaxNumberOfMessages: z._default(z.number(), 1), VisibilityTimeout: z.optional(z.number()) }),
      ({ deadLetters }, { QueueUrl: url, MaxNumberOfMessages, VisibilityTimeout }) => {
        if (!isDeadLetters(url)) throw new ServiceRefusal('InvalidAction', 'What waits for the worker is its own.');
        return { Messages: deadLetters.receive(MaxNumberOfMessages, VisibilityTimeout) };
      },
    ),
  ],
  [
    'DeleteMessage',
    operation(z.object({ ReceiptHandle: z.string() }), ({ deadLetters }, { ReceiptHandle }) => {
      deadLetters.delete(ReceiptHandle);
      return {};
    }),
  ],
  [
    'ChangeMessageVisibility',
    operation(z.object({ ReceiptHandle: z.string(), VisibilityTimeout: z.number() }), ({ deadLetters }, input) => {
      deadLetters.hide(input.ReceiptHandle, input.VisibilityTimeout);
      return {};
    }),
  ],
  [
    'GetQueueAttributes',
    operation(z.object({ QueueUrl }), ({ deadLetters, waiting }, { QueueUrl: url }) => {
      const { visible, hidden } = isDeadLetters(url) ? deadLetters.count() : { visible: waiting(), hidden: 0 };
      return { Attributes: { ApproximateNumberOfMessages: String(visible), ApproximateNumberOfMessagesNotVisible: String(hidden) } };
    }),
  ],
]);

type Sent = { readonly MessageBody: string; readonly DelaySeconds?: number | undefined };

function accept({ deliver, deadLetters }: Queues, url: string, { MessageBody: body, DelaySeconds = 0 }: Sent): object {
  const message = { id: randomUUID(), body, delaySeconds: DelaySeconds };
  if (isDeadLetters(url)) deadLetters.add(message);
  else deliver(message);
  return { MessageId: message.id, MD5OfMessageBody: md5(body) };
}
