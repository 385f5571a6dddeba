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

  it('passes over types that it does not know', () => {
    const about = { resourceType: 'User', time: '2026-11-22T00:00:00Z', part: 0 };
    const database = openTables(':memory:');

    const answer = takeMessages(
      database,
      [
        { ...about, id: '1', type: 'user.removed', resourceId: 'u', version: 2 },
        { ...about, id: '2', type: 'user.erased', resourceId: 'u', version: 3 },
        { ...about, id: '3', type: 'members.added', resourceId: 'g', version: 1, members: ['v'] },
        { ...about, id: '4', type: 'members.blessed', resourceId: 'g', version: 2, members: ['v'] },
      ].map(toMessage),
    );

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(database.prepare('SELECT id, version, is_live FROM resources').all()).toEqual([{ id: 'u', version: 2, is_live: 0 }]);
    expect(database.prepare('SELECT member_id, version, is_member FROM memberships').all()).toEqual([
      { member_id: 'v', version: 1, is_member: 1 },
    ]);
  });

  it('has of a restored group only members that are told of it since, though its removal has yet to come', () => {
    const about = { resourceType: 'Group', resourceId: 'g', time: '2026-11-22T00:00:00Z' };
    const database = openTables(':memory:');

    takeMessages(
      database,
      [
        { ...about, id: '1', type: 'user.created', resourceId: 'u', version: 1, part: 0 },
        { ...about, id: '2', type: 'group.restored', version: 4, part: 0 },
        { ...about, id: '3', type: 'members.added', version: 2, part: 0, members: ['u'] },
      ].map(toMessage),
    );

    expect(database.prepare('SELECT * FROM current_members').all()).toEqual([]);
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
