import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { faultsOfOrder } from '../../bench/feed/judge.ts';
import { fillMembers, fillResources } from '../../bench/support/fill.ts';
import { asMember, inventedGroup, inventedUser, STAMP } from '../../bench/support/invented.ts';
import { aGroup, aUser, patchOf, replaced } from '../../bench/support/messages.ts';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { type Around, type FeedScene, openFeedScene } from '../support/feed-scene.ts';

/** The connection broke. */
const broken = (): Promise<never> => Promise.reject(Object.assign(new Error('the connection broke'), { name: 'TimeoutError' }));

type Fail = () => Promise<never>;
type Moment = (services: Parameters<Around>[0], fail: Fail) => Partial<Parameters<Around>[0]>;

const MOMENTS: readonly (readonly [string, Moment])[] = [
  ['before it has written to the log', (_, fail) => ({ feed: { append: fail } })],
  ['after it has written to the log', ({ feed }, fail) => ({ feed: { append: (entries, call) => feed.append(entries, call).then(fail) } })],
  ['between the log and the bus', (_, fail) => ({ bus: { publish: fail } })],
  ['after it has told the bus', ({ bus }, fail) => ({ bus: { publish: async (events) => bus?.publish(events).then(fail) } })],
  ['before it has told of work', (_, fail) => ({ queue: { send: fail } })],
];

async function createAll({ endpoint }: FeedScene, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await endpoint.send('POST', '/Users', { body: aUser(`user.${n}`) })).json.id);
  return ids;
}

const typesOf = (events: readonly ChangeEvent[]): readonly string[] => events.map(({ type }) => type);

const firstTold = (events: readonly ChangeEvent[]): readonly ChangeEvent[] => [
  ...new Map(events.map((event) => [event.id, event])).values(),
];

describe('a stream function', () => {
  it.each(MOMENTS.flatMap(([moment, around]) => ['ends', 'is refused'].map((how) => [how, moment, around] as const)))(
    'that %s %s leaves nothing out and nothing out of order when the batch comes again',
    async (how, _, moment) => {
      const scene = await openFeedScene();
      const ids = await createAll(scene, 3);
      const { json: group } = await scene.endpoint.send('POST', '/Groups', { body: aGroup('Crew', ids) });
      await scene.endpoint.send('PATCH', `/Users/${ids[0]}`, { body: patchOf(replaced('active', false)) });
      await scene.endpoint.send('DELETE', `/Groups/${group.id}`);
      let processes = 0;

      await scene.deliver((services, end) => {
        processes += 1;
        return processes <= 2 ? { ...services, ...moment(services, how === 'ends' ? end : broken) } : services;
      });
      await scene.work();
      await scene.deliver();

      const told = await scene.told();
      expect(faultsOfOrder(told, new Map([[ids[0] ?? '', 2]]))).toEqual([]);
      expect(typesOf(firstTold(told))).toEqual([
        ...['user.created', 'user.created', 'user.created', 'group.created', 'members.added', 'user.deactivated'],
        ...['group.removed', 'members.removed'],
      ]);
      expect(new Set(scene.published.map(({ id }) => id))).toEqual(new Set(told.map(({ id }) => id)));
      expect(scene.deadLetters).toEqual([]);
    },
  );
});

type Table = FeedScene['endpoint']['table'];

const rowKey = (id: string) => {
  const { pk, sk } = keyOf.resource('User', id);
  return { pk: { S: pk }, sk: { S: sk } };
};

async function lastChangeOf({ client, tableName }: Table, id: string): Promise<string> {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: rowKey(id) }));
  return Item?.['lastChange']?.S ?? '';
}

/** Past the store, as nothing of the product does; with a version of its own the first time. */
async function writeLastChange({ client, tableName }: Table, id: string, lastChange: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: rowKey(id),
      UpdateExpression: 'SET lastChange = :lastChange, version = :version',
      ExpressionAttributeValues: { ':lastChange': { S: lastChange }, ':version': { N: '2' } },
    }),
  );
}

describe('a row that cannot be understood', () => {
  it('is put aside while the others are told of, and told as it is once it is taken up again', async () => {
    const scene = await openFeedScene();
    const { table } = scene.endpoint;
    const [one = '', other = '', last = ''] = await createAll(scene, 3);
    await scene.deliver();
    const row = await lastChangeOf(table, other);
    await writeLastChange(table, other, '{}');
    for (const id of [one, last]) await scene.endpoint.send('PATCH', `/Users/${id}`, { body: patchOf(replaced('title', 'Dr')) });

    await scene.deliver();
    const before = await scene.told();
    await writeLastChange(table, other, row);
    for (const { work } of scene.deadLetters) if (work.kind === 'announce') await scene.perform(work);

    expect(before.slice(3).map(({ type, resourceId }) => [type, resourceId])).toEqual([
      ['user.updated', one],
      ['user.updated', last],
    ]);
    expect(scene.deadLetters).toMatchObject([{ work: { kind: 'announce', type: 'User', id: other } }]);
    expect(scene.lines).toContainEqual(expect.objectContaining({ event: 'unexpectedError' }));
    expect((await scene.told()).at(-1)).toMatchObject({ type: 'user.snapshot', resourceId: other, version: 2, active: true });
  });
});

describe('a group of a thousand that is removed', () => {
  it('keeps nobody waiting: others are told of before its members are, and all of them are', async () => {
    const [users, group] = [Array.from({ length: 1_000 }, (_, n) => inventedUser(n)), inventedGroup(0)];
    const scene = await openFeedScene({
      fill: async (table) => {
        await fillResources(table, [...users, group], STAMP);
        await fillMembers(table, group, users.map(asMember));
      },
    });
    await scene.endpoint.send('DELETE', `/Groups/${group.id}`);
    const changed = users.slice(0, 50).map(({ id }) => id);
    for (const id of changed) await scene.endpoint.send('PATCH', `/Users/${id}`, { body: patchOf(replaced('title', 'Dr')) });

    await scene.deliver();
    const [removal, ...others] = await scene.told();
    await scene.work();

    const departures = (await scene.told()).slice(1 + others.length);
    expect(removal).toMatchObject({ type: 'group.removed', resourceId: group.id, version: 2 });
    expect(others.map(({ type, resourceId }) => [type, resourceId])).toEqual(changed.map((id) => ['user.updated', id]));
    expect(typesOf(departures)).toEqual(Array.from({ length: 5 }, () => 'members.removed'));
    expect(departures.flatMap(({ members = [] }) => members).toSorted()).toEqual(users.map(({ id }) => id).toSorted());
  });
});
