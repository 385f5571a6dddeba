import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AwsEndpoint } from '../../local/aws-endpoint.ts';
import { type Message, startQueueEndpoint } from '../../local/background/queue-endpoint.ts';
import { openWorkQueue, parseWork } from '../../src/aws/work-queue.ts';
import type { Errand } from '../../src/directory/ports.ts';

const KEY = 'key-of-the-tests';

let endpoint: AwsEndpoint;
let delivered: Message[];

beforeEach(async () => {
  delivered = [];
  endpoint = await startQueueEndpoint({ accessKeyId: KEY }, (message) => delivered.push(message));
});
afterEach(() => endpoint.close());

const open = (accessKeyId = KEY) =>
  openWorkQueue({
    client: new SQSClient({
      endpoint: endpoint.url,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey: accessKeyId },
      maxAttempts: 1,
    }),
    queueUrl: `${endpoint.url}/work`,
  });

const ERRANDS: readonly Errand[] = [
  { work: { kind: 'sweep', type: 'Group', id: 'g', from: '{"slice":"1"}' }, delaySeconds: 0 },
  { work: { kind: 'return', type: 'User', id: 'u' }, delaySeconds: 62 },
  { work: { kind: 'conclude', change: 'c' }, delaySeconds: 900 },
  { work: { kind: 'backfill', name: 'titles/User' }, delaySeconds: 65 },
  { work: { kind: 'requeue' }, delaySeconds: 0 },
  { work: { kind: 'inspect', from: 'here' }, delaySeconds: 0 },
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

    await expect(sent).rejects.toThrow('1 of 6 messages were refused: InternalError');
  });

  it('serves nobody with another key', async () => {
    await expect(open('another key').send(ERRANDS)).rejects.toThrow('security token');
  });

  it.each(['', '{}', '{"kind":"sweep"}', '{"kind":"delete everything"}'])('knows no work like "%s"', (body) => {
    expect(() => parseWork(body)).toThrow();
  });
});
