import { describe, expect, it } from '@jest/globals';
import type { FeedWork } from '../../../../src/directory/ports.ts';
import { makeUpFor } from '../../../../src/dynamodb/feed/put-aside.ts';
import { marshal } from '../../../../src/dynamodb/item.ts';
import { keyOf } from '../../../../src/dynamodb/keys.ts';

const WORK = { kind: 'records', stream: 'arn', shard: 's', from: '3', upTo: '6' } as const satisfies FeedWork;

const ROWS = [
  { ...keyOf.resource('User', 'u'), version: 2, userName: 'ada' },
  { ...keyOf.resource('User', 'u'), version: 3 },
  { ...keyOf.outbox('Group', 'g'), kind: 'removed' },
  { ...keyOf.events(1, 9), events: '[]', atMs: 1 },
  { ...keyOf.resource('User', 'behind'), version: 1 },
];

const RECORDS = ROWS.map((row, index) => ({
  dynamodb: { SequenceNumber: String(3 + index), Keys: marshal({ pk: row.pk, sk: row.sk }), NewImage: marshal(row) },
}));

/** A stream that hands over `size` records at a time, and nothing each other time. */
function aStream(size: number) {
  const asked: object[] = [];
  let isEmpty = true;
  const send = async ({ input }: { readonly input: { readonly ShardIterator?: string | undefined } }): Promise<object> => {
    asked.push(input);
    if (input.ShardIterator === undefined) return { ShardIterator: '0' };
    isEmpty = !isEmpty;
    const at = Number(input.ShardIterator);
    return isEmpty
      ? { Records: [], NextShardIterator: input.ShardIterator }
      : { Records: RECORDS.slice(at, at + size), NextShardIterator: String(at + size) };
  };
  return { asked, client: { send } };
}

const MADE_UP_FOR = [
  { kind: 'announce', type: 'User', id: 'u', version: 3 },
  { kind: 'sweep', type: 'Group', id: 'g' },
  { kind: 'publish', generation: 1, position: 9, index: 0 },
];

describe('records that were put aside', () => {
  it.each([1, 2, 10])('are made up for, each resource once, and none behind the last of them, %i at a time', async (size) => {
    const { asked, client } = aStream(size);

    const errands = await makeUpFor(client, WORK, () => true);

    expect(errands.map(({ work }) => work)).toEqual(MADE_UP_FOR);
    expect(asked[0]).toEqual({ StreamArn: 'arn', ShardId: 's', ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: '3' });
    expect(JSON.stringify(errands)).not.toContain('ada');
  });

  it('are handed on from where they were left when time is up', async () => {
    const looks = [true, false];

    const errands = await makeUpFor(aStream(2).client, WORK, () => looks.shift() === true);

    expect(errands.map(({ work }) => work)).toEqual([MADE_UP_FOR[0], { ...WORK, from: '4' }]);
  });

  it('are handed on where the stream has nothing to say for long, and more is to come', async () => {
    const send = async (): Promise<object> => ({ ShardIterator: '0', Records: [], NextShardIterator: '0' });

    const errands = await makeUpFor({ send }, WORK, () => true);

    expect(errands).toEqual([{ work: WORK, delaySeconds: 60 }]);
  });

  it('fail when the stream holds them no more, so that they stay aside', async () => {
    const gone = Object.assign(new Error('trimmed'), { name: 'TrimmedDataAccessException' });

    await expect(makeUpFor({ send: () => Promise.reject(gone) }, WORK, () => true)).rejects.toBe(gone);
  });
});
