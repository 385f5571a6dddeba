import { describe, expect, it } from '@jest/globals';
import { openDeadLetters } from '../../../src/aws/dead-letters.ts';
import type { DeadLetter } from '../../../src/directory/feed/ports.ts';

type Sent = { readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** A service that answers each command by its name, and remembers what it was asked. */
function openOn(answers: Readonly<Record<string, object>>) {
  const sent: Sent[] = [];
  const client = {
    send: async (command: { readonly input: object }) => {
      const name = command.constructor.name;
      sent.push({ name, input: { ...command.input } });
      return answers[name] ?? {};
    },
  };
  return { sent, letters: openDeadLetters({ client, queueUrl: 'dead', workQueueUrl: 'work' }) };
}

const POINTER = {
  DDBStreamBatchInfo: { shardId: 'shard-1', startSequenceNumber: '7', endSequenceNumber: '9', batchSize: 3, streamArn: 'arn:stream' },
  requestContext: { condition: 'RetryAttemptsExhausted' },
};

const aLetter = (index: number): DeadLetter => ({ kind: 'sweep', body: `body ${index}`, receipt: `receipt ${index}` });

describe('the dead letters', () => {
  it('are told apart by the work that they ask for, and those of others from ours', async () => {
    const bodies = [JSON.stringify({ kind: 'announce', type: 'User', id: 'u' }), JSON.stringify(POINTER), '{"kind":"invoice"}', 'hello'];
    const { sent, letters } = openOn({
      ReceiveMessageCommand: { Messages: bodies.map((Body, index) => ({ Body, ReceiptHandle: `receipt ${index}` })) },
    });

    const taken = await letters.take();

    expect(taken.map(({ kind }) => kind)).toEqual(['announce', 'records', undefined, undefined]);
    expect(taken.map(({ body }) => body)).toEqual(bodies);
    expect(sent).toMatchObject([{ input: { QueueUrl: 'dead', MaxNumberOfMessages: 10, VisibilityTimeout: 120, WaitTimeSeconds: 1 } }]);
  });

  it('are counted with those that somebody has taken', async () => {
    const { letters } = openOn({
      GetQueueAttributesCommand: { Attributes: { ApproximateNumberOfMessages: '4', ApproximateNumberOfMessagesNotVisible: '2' } },
    });

    await expect(letters.count()).resolves.toBe(6);
  });

  it('go back as they are, and are removed only then, ten at a time', async () => {
    const { sent, letters } = openOn({});

    await letters.sendBack(Array.from({ length: 12 }, (_, index) => aLetter(index)));

    expect(sent.map(({ name, input }) => `${name} ${input['QueueUrl']}`)).toEqual([
      'SendMessageBatchCommand work',
      ...Array.from({ length: 10 }, () => 'DeleteMessageCommand dead'),
      'SendMessageBatchCommand work',
      ...Array.from({ length: 2 }, () => 'DeleteMessageCommand dead'),
    ]);
    expect(sent[11]?.input['Entries']).toEqual([
      { Id: '0', MessageBody: 'body 10' },
      { Id: '1', MessageBody: 'body 11' },
    ]);
    expect(sent[12]?.input).toEqual({ QueueUrl: 'dead', ReceiptHandle: 'receipt 10' });
  });

  it('stay where they are when they were not taken elsewhere', async () => {
    const { sent, letters } = openOn({ SendMessageBatchCommand: { Failed: [{ Code: 'InternalError' }] } });

    await expect(letters.sendBack([aLetter(1)])).rejects.toThrow('1 messages were refused: InternalError');
    expect(sent.map(({ name }) => name)).toEqual(['SendMessageBatchCommand']);
  });

  it('are there for others at once when they are released', async () => {
    const { sent, letters } = openOn({});

    await letters.release([aLetter(1)]);

    expect(sent.map(({ input }) => input)).toEqual([{ QueueUrl: 'dead', ReceiptHandle: 'receipt 1', VisibilityTimeout: 0 }]);
  });
});
