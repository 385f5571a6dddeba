import { describe, expect, it } from '@jest/globals';
import type { ChangeEvent } from '../../../examples/vendor-app/event.ts';
import { openTables, takeMessages } from '../../../examples/vendor-app/from-queue.ts';
import { FakeDirectory, type Random, randomFrom } from '../../support/fake-directory.ts';

const inAnyOrder = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  values
    .map((value) => ({ value, at: random(1_000_000) }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);

const toMessage = (event: ChangeEvent, index: number) => ({
  messageId: String(index),
  body: JSON.stringify({ source: 'serverless-scim', 'detail-type': event.type, detail: event }),
});

describe('a consumer of a queue', () => {
  it.each([1, 2, 3, 4, 5])('ends with what the directory has, in whatever order it is told (seed %d)', (seed) => {
    const random = randomFrom(seed);
    const directory = new FakeDirectory(random, 'profile');
    for (let count = 0; count < 600; count += 1) directory.change();
    directory.tell();
    const database = openTables(':memory:');

    takeMessages(database, inAnyOrder([...directory.log, ...directory.log.slice(0, 100)], random).map(toMessage));

    const live = database.prepare('SELECT id, active FROM resources WHERE is_live ORDER BY id').all();
    const members = database.prepare('SELECT member_id FROM current_members WHERE group_id = ? ORDER BY member_id');
    expect(live.filter(({ active }) => active !== null)).toEqual(
      directory.users().map(({ id, active }) => expect.objectContaining({ id, active: active ? 1 : 0 })),
    );
    expect(live.filter(({ active }) => active === null).map(({ id }) => id)).toEqual(directory.groups().map(({ id }) => id));
    for (const group of directory.groups()) expect(members.all(group.id).map((row) => row['member_id'])).toEqual(group.members);
  });

  it('asks again for the messages that it could not take, and for no other', () => {
    const event = {
      id: 'u.1.0',
      type: 'user.created',
      resourceType: 'User',
      resourceId: 'u',
      version: 1,
      part: 0,
      time: '2026-11-22T00:00:00Z',
    };
    const messages = [toMessage(event, 1), { messageId: '2', body: 'not JSON' }, { messageId: '3', body: '{"detail":{}}' }];

    const answer = takeMessages(openTables(':memory:'), messages);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }, { itemIdentifier: '3' }] });
  });
});
