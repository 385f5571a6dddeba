import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { GroupMembers } from '../../src/directory/feed/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openGroupMembers } from '../../src/dynamodb/feed/members.ts';
import { marshal } from '../../src/dynamodb/item.ts';
import { keyOf } from '../../src/dynamodb/keys.ts';
import { fillMembers } from '../support/dynamodb-fill.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion } from '../support/store-resources.ts';

async function walk(members: GroupMembers, group: StoredResource, limit: number): Promise<readonly (readonly string[])[]> {
  const parts: (readonly string[])[] = [];
  for (let after: string | undefined; parts.length < 200; ) {
    const read = await members.read(group, { after, limit }, aCall());
    parts.push(read?.ids ?? []);
    if (read === undefined || read.isLast) return parts;
    after = read.seen;
  }
  throw new Error('the parts have no end');
}

describe('the members of a group, part by part', () => {
  let table: TestStore;
  let members: GroupMembers;
  let group: StoredResource;

  beforeAll(async () => {
    table = await openTestStore();
    members = openGroupMembers(table);
    group = await create(table.store, aGroup('Everyone'));
    await fillMembers(table, group.id, 0, 130);
  });

  it.each([4, 10, 50, 128, 1_000])('are all of them once, in the order of ids, by parts of at most %i', async (limit) => {
    const parts = await walk(members, group, limit);

    expect(parts.flat()).toHaveLength(130);
    expect(parts.flat()).toEqual([...new Set(parts.flat())].toSorted());
    expect(parts.every(({ length }) => length <= limit)).toBe(true);
  });

  it('cost the same wherever they are', async () => {
    const [first, later] = [aCall(), aCall()];
    const read = await members.read(group, { limit: 40 }, first);
    await members.read(group, { after: read?.seen, limit: 40 }, later);

    expect(later.usage).toEqual(first.usage);
    expect(first.usage).toMatchObject({ calls: 6, roundTrips: 3 });
  });

  it('are those of a large change once that is committed, and not before', async () => {
    const [there, leaving, coming] = [
      await create(table.store, aUser('a')),
      await create(table.store, aUser('b')),
      await create(table.store, aUser('c')),
    ];
    const changed = await create(table.store, aGroup('Changed'), [there, leaving, coming].map(asMember));
    await mark(table, keyOf.membership(changed.id, leaving.id), { change: '-x' });
    await mark(table, keyOf.membership(changed.id, coming.id), { change: '+x' });

    const found = [];
    for (const state of [{ changeId: 'x', changePhase: 'staging' }, { changeId: 'x', changePhase: 'undoing' }, { lastChangeId: 'x' }]) {
      await mark(table, keyOf.resource('Group', changed.id), state);
      found.push((await members.read(changed, { limit: 100 }, aCall()))?.ids);
    }

    expect(found).toEqual([
      [there.id, leaving.id],
      [there.id, leaving.id],
      [there.id, coming.id],
    ]);
  });

  it('are without those that were removed, whether their rows are swept or not', async () => {
    const [there, removed] = [await create(table.store, aUser('there')), await create(table.store, aUser('removed'))];
    const unswept = await create(table.store, aGroup('Unswept'), [there, removed].map(asMember));
    await table.store.commit(deletion(removed), aCall());

    await expect(members.read(unswept, { limit: 100 }, aCall())).resolves.toMatchObject({ ids: [there.id] });
  });

  it('are none to be told of a group that is gone', async () => {
    const gone = await create(table.store, aGroup('Gone'));
    await table.store.commit(deletion(gone), aCall());

    await expect(members.read(gone, { limit: 100 }, aCall())).resolves.toBeUndefined();
  });
});

/** Writes attributes of an item over those it has. */
async function mark(
  { client, tableName }: TestStore,
  key: { readonly pk: string; readonly sk: string },
  attributes: Readonly<Record<string, string>>,
) {
  const names = Object.keys(attributes);
  await client.send(
    new UpdateItemCommand({
      TableName: tableName,
      Key: marshal(key),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: marshal(Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]]))),
    }),
  );
}
