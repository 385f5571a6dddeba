import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AwsEndpoint } from '../../local/aws-endpoint.ts';
import { type BackgroundFile, openBackgroundFile } from '../../local/background/background-file.ts';
import { openDeadLetters } from '../../local/background/dead-letters.ts';
import type { Message } from '../../local/background/message.ts';
import { startQueueEndpoint } from '../../local/background/queue-endpoint.ts';
import { openWorkQueue, parseWork } from '../../src/aws/work-queue.ts';
import type { Errand } from '../../src/directory/ports.ts';

const KEY = 'key-of-the-tests';

let endpoint: AwsEndpoint;
let delivered: Message[];
let file: BackgroundFile;
let now = 0;

beforeEach(async () => {
  [delivered, now] = [[], 0];
  file = openBackgroundFile(':memory:', () => now);
  const queues = { deliver: (message: Message) => void delivered.push(message), waiting: () => 3 };
  endpoint = await startQueueEndpoint({ accessKeyId: KEY }, { ...queues, deadLetters: openDeadLetters(file, () => now) });
});
afterEach(async () => {
  await endpoint.close();
  file.close();
});

const clientOf = (accessKeyId = KEY) =>
  new SQSClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: accessKeyId },
    maxAttempts: 1,
  });

const open = (accessKeyId = KEY) =>
  openWorkQueue({
    client: clientOf(accessKeyId),
    queueUrl: `${endpoint.url}/work`,
  });

const ERRANDS: readonly Errand[] = [
  { work: { kind: 'sweep', type: 'Group', id: 'g', from: '{"slice":"1"}' }, delaySeconds: 0 },
  { work: { kind: 'return', type: 'User', id: 'u' }, delaySeconds: 62 },
  { work: { kind: 'conclude', change: 'c' }, delaySeconds: 900 },
  { work: { kind: 'backfill', name: 'titles/User' }, delaySeconds: 65 },
  { work: { kind: 'requeue' }, delaySeconds: 0 },
  { work: { kind: 'inspect', from: 'here' }, delaySeconds: 0 },
  { work: { kind: 'publish', generation: 1, position: 7, index: 2 }, delaySeconds: 0 },
  { work: { kind: 'departures', type: 'Group', id: 'g', version: 4 }, delaySeconds: 0 },
  { work: { kind: 'announce', type: 'User', id: 'u', version: 2 }, delaySeconds: 0 },
  { work: { kind: 'records', stream: 'arn', shard: 's', from: '1', upTo: '9' }, delaySeconds: 0 },
];

describe('the work queue', () => {
  it('hands over what was put into it, with its delay', async () => {
    await open().send(ERRANDS);

    expect(delivered.map(({ body, delaySeconds }) => ({ work: parseWork(body), delaySeconds }))).toEqual(ERRANDS);
  });

  it('takes any number, ten in a call', async () => {
    const many = Array.from({ length: 23 }, (_, index) => ({
      work: { kind: 'conclude', change: String(index) } as const,
      delaySeconds: 0,
    }));

    await open().send(many);

    expect(delivered.map(({ body }) => parseWork(body))).toEqual(many.map(({ work }) => work));
  });

  it('asks for nothing when there is nothing', async () => {
    await open('another key').send([]);

    expect(delivered).toEqual([]);
  });

  it('fails when a message is not taken, so that whoever sent it does it again', async () => {
    const client = { send: async () => ({ Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] }) };

    const sent = openWorkQueue({ client, queueUrl: 'queue' }).send(ERRANDS);

    await expect(sent).rejects.toThrow('1 of 10 messages were refused: InternalError');
  });

  it('serves nobody with another key', async () => {
    await expect(open('another key').send(ERRANDS)).rejects.toThrow('security token');
  });

  it.each(['', '{}', '{"kind":"sweep"}', '{"kind":"delete everything"}'])('knows no work like "%s"', (body) => {
    expect(() => parseWork(body)).toThrow();
  });
});

describe('what Lambda says of records it has put aside', () => {
  it('is work, too', () => {
    const info = { shardId: 's', startSequenceNumber: '1', endSequenceNumber: '9', batchSize: 3, streamArn: 'arn' };

    const work = parseWork(JSON.stringify({ requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: info }));

    expect(work).toEqual({ kind: 'records', stream: 'arn', shard: 's', from: '1', upTo: '9' });
  });
});

describe('the queue of dead letters on this machine', () => {
  const QueueUrl = 'http://127.0.0.1/dead-letters';
  const send = (MessageBody: string) => clientOf().send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const receive = async () => (await clientOf().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
  const countsIn = async (url: string) =>
    (await clientOf().send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes;

  it('shows a message again after a while, until it is deleted', async () => {
    await send('aside');
    const [message] = await receive();
    const hidden = await receive();
    now += 31_000;
    const [again] = await receive();
    await clientOf().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
    now += 31_000;

    expect([message?.Body, hidden, again?.MessageId]).toEqual(['aside', [], message?.MessageId]);
    await expect(receive()).resolves.toEqual([]);
  });

  it('shows it at once where whoever has received it wants that', async () => {
    await send('aside');
    const [message] = await receive();

    await clientOf().send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 }));

    await expect(receive()).resolves.toHaveLength(1);
  });

  it('says how many there are, and how many the worker has', async () => {
    await send('seen');
    await receive();
    await send('not seen');

    await expect(countsIn(QueueUrl)).resolves.toEqual({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
    });
    await expect(countsIn('http://127.0.0.1/work')).resolves.toMatchObject({ ApproximateNumberOfMessages: '3' });
  });

  it('is the only one whose messages are handed out, and does nothing else', async () => {
    const ofTheWorker = clientOf().send(new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1/work' }));

    await expect(ofTheWorker).rejects.toThrow('its own');
    await expect(clientOf().send(new SendMessageCommand({ QueueUrl, MessageBody: undefined }))).rejects.toThrow();
  });
});
