import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, jest } from '@jest/globals';
import { type Change, type DirectoryStore, StaleRead } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { drain } from '../support/drain.ts';
import { refuseOverlaps } from '../support/dynamodb-conflicts.ts';
import { meterPartitions } from '../support/dynamodb-partitions.ts';
import { keysUnder, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';

/** The machine may be busy. */
jest.setTimeout(30_000);

const FIFTY = Array.from({ length: 50 }, (_, index) => index);

const kindOf = (error: unknown): unknown => (error instanceof Error && 'kind' in error ? error.kind : error);

const outcomes = async (work: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.allSettled(work)).map((result) => (result.status === 'fulfilled' ? 'done' : kindOf(result.reason)));

/** Reads, decides and commits until nobody has come in between, as a use case does. */
async function decide(store: DirectoryStore, { type, id }: StoredResource, toChange: (read: StoredResource) => Change): Promise<void> {
  for (;;) {
    const loaded = await store.load(type, id, {}, aCall());
    if (!loaded) return;
    try {
      await store.commit(toChange(loaded.resource), aCall());
      return;
    } catch (error) {
      if (!(error instanceof StaleRead)) throw error;
    }
  }
}

/** Answers the next read of one item only after `meanwhile`, and after whatever else was read with it. */
function answerLate(client: DynamoDBClient, command: string, meanwhile: () => Promise<unknown>): void {
  let isDone = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (isDone || context.commandName !== command) return next(args);
      isDone = true;
      await setTimeout(50);
      await meanwhile();
      return next(args);
    },
    { step: 'initialize', name: `answerLate ${command}` },
  );
}

describe('at the same time', () => {
  it('50 creations of one userName, in upper and lower case, end in one user and 49 refusals', async () => {
    const { store, client } = await openTestStore();
    const conflicts = refuseOverlaps(client);

    const results = await outcomes(FIFTY.map((index) => create(store, aUser(index % 2 ? 'One.Name' : 'oNE.nAME'))));

    expect(results.filter((result) => result === 'done')).toHaveLength(1);
    expect(results.filter((result) => result === 'uniqueness')).toHaveLength(49);
    expect(await store.count('User', aCall())).toBe(1);
    expect(conflicts.count).toBeGreaterThan(0);
  });

  it('50 creations of different users all succeed and are all counted', async () => {
    const { store, client } = await openTestStore();
    const conflicts = refuseOverlaps(client);

    const results = await outcomes(FIFTY.map((index) => create(store, aUser(`user.${index}`))));

    expect(new Set(results)).toEqual(new Set(['done']));
    expect(await store.count('User', aCall())).toBe(50);
    expect(conflicts.count).toBeGreaterThan(0);
  });

  it('50 member changes of one group all take effect, at both ends', async () => {
    const { store, client } = await openTestStore();
    const users = await Promise.all(FIFTY.map((index) => create(store, aUser(`member.${index}`))));
    const group = await create(store, aGroup('Everyone at once'));
    const conflicts = refuseOverlaps(client);
    const partitions = meterPartitions(client);
    const begun = performance.now();

    const results = await outcomes(users.map((user) => store.commit(memberChange(group, [asMember(user)]), aCall())));
    const measured = (performance.now() - begun) / 1_000;

    expect(new Set(results)).toEqual(new Set(['done']));
    const loaded = await store.load('Group', group.id, { members: true }, aCall());
    expect(loaded?.members).toHaveLength(50);
    expect(loaded?.resource.version).toBe(51);
    const groups = await store.loadMany(
      'User',
      users.map(({ id }) => id),
      { groups: true },
      aCall(),
    );
    expect(groups.every((user) => user.groups?.[0]?.value === group.id)).toBe(true);
    expect(conflicts.count).toBeGreaterThan(0);
    expect(partitions.secondsOnAws()).toBeLessThan(5);
    console.info(
      `50 member changes of one group: ${measured.toFixed(2)} s here; AWS needs at least ${partitions.secondsOnAws().toFixed(2)} s`,
    );
  });

  it('two changes of different attributes both survive', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('two.writers'));
    refuseOverlaps(client);
    const set = (attribute: string) => (read: StoredResource) =>
      update(read, { ...read, attributes: { ...read.attributes, [attribute]: 'set' } });

    await Promise.all(['title', 'nickName', 'locale', 'timezone'].map((attribute) => decide(store, user, set(attribute))));

    const { resource } = (await store.load('User', user.id, {}, aCall())) ?? {};
    expect(resource).toMatchObject({ version: 5, attributes: { title: 'set', nickName: 'set', locale: 'set', timezone: 'set' } });
  });

  it('two renames of one user to one name do not see each other as another user', async () => {
    const { store, client } = await openTestStore();
    const user = await create(store, aUser('before.rename'));
    refuseOverlaps(client);
    const rename = (read: StoredResource) => update(read, { ...read, attributes: { ...read.attributes, userName: 'after.rename' } });

    await Promise.all([decide(store, user, rename), decide(store, user, rename), decide(store, user, rename)]);

    expect(await store.findIds('User', 'unique', { attribute: 'userName', value: 'after.rename' }, aCall())).toEqual([user.id]);
  });

  it('adds and removes of one member leave both ends agreeing', async () => {
    const { store, client, tableName } = await openTestStore();
    const user = await create(store, aUser('in.and.out'));
    const group = await create(store, aGroup('Revolving door'));
    refuseOverlaps(client);

    await Promise.all(
      FIFTY.slice(0, 20).map((index) =>
        store.commit(index % 2 ? memberChange(group, [], [user.id]) : memberChange(group, [asMember(user)]), aCall()),
      ),
    );

    const items = await readTable(client, tableName);
    expect(keysUnder(items, `Group#${group.id}#Members`)).toHaveLength(keysUnder(items, `Member#${user.id}#Groups → ${group.id}`).length);
  });

  it('a user who is removed while being added to groups is in none of them, and no row is left', async () => {
    const { store, client, tableName } = await openTestStore();
    const user = await create(store, aUser('removed.meanwhile'));
    const groups = await Promise.all(FIFTY.slice(0, 12).map((index) => create(store, aGroup(`Meanwhile ${index}`))));
    refuseOverlaps(client);

    const adding = groups.map((group) => store.commit(memberChange(group, [asMember(user)]), aCall()));
    const results = await outcomes([decide(store, user, deletion), ...adding]);

    expect(results.every((result) => result === 'done' || result === 'invalidValue')).toBe(true);
    await drain({ client, tableName });
    const items = await readTable(client, tableName);
    expect(keysUnder(items, `Member#${user.id}`)).toEqual([]);
    expect(keysUnder(items, 'Group#').filter((line) => line.endsWith(user.id))).toEqual([]);
  });

  it('a group that is renamed while members come shows its new name to all of them', async () => {
    const { store, client } = await openTestStore();
    const users = await Promise.all(FIFTY.slice(0, 15).map((index) => create(store, aUser(`joins.${index}`))));
    const group = await create(store, aGroup('First name'));
    refuseOverlaps(client);
    const rename = (read: StoredResource) => update(read, { ...read, attributes: { displayName: 'Second name' } });

    await Promise.all([
      ...users.map((user) => decide(store, group, (read) => memberChange(read, [asMember(user)]))),
      decide(store, group, rename),
    ]);

    const loaded = await store.loadMany(
      'User',
      users.map(({ id }) => id),
      { groups: true },
      aCall(),
    );
    expect(loaded.map(({ groups = [] }) => groups)).toEqual(users.map(() => [{ value: group.id, display: 'Second name' }]));
  });

  it('members are never older than the version they are read with, or a change decided on them would pass wrongly', async () => {
    const { store, client } = await openTestStore();
    const [ada, bob] = [await create(store, aUser('ada')), await create(store, aUser('bob'))];
    const group = await create(store, aGroup('Read meanwhile'), [asMember(ada)]);
    const swap = (read: StoredResource, comes: StoredResource, goes: StoredResource) => () =>
      store.commit(memberChange(read, [asMember(comes)], [goes.id]), aCall());
    answerLate(client, 'GetItemCommand', swap(group, bob, ada));

    const alone = await store.load('Group', group.id, { members: true }, aCall());

    expect(alone).toMatchObject({ resource: { version: 2 }, members: [asMember(bob)] });
    answerLate(client, 'BatchGetItemCommand', swap(group, ada, bob));
    expect(await store.loadMany('Group', [group.id], { members: true }, aCall())).toMatchObject([
      { resource: { version: 3 }, members: [asMember(ada)] },
    ]);
  });
});
