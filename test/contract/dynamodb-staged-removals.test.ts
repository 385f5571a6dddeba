import { describe, expect, it, jest } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange } from '../support/store-resources.ts';

/** The machine may be busy; nothing here waits for a clock. */
jest.setTimeout(30_000);

const usersOf = async ({ store }: TestStore): Promise<readonly [StoredResource, ...StoredResource[]]> => [
  await create(store, aUser('first')),
  ...(await Promise.all(['second', 'third', 'fourth', 'fifth', 'sixth'].map((name) => create(store, aUser(name))))),
];

/** A store for which six members are a large change, with something that happens just before its commit. */
async function committingAfter({ tableName }: TestStore, by: () => Promise<void>) {
  const { client } = await openTestTable();
  let isOvertaken = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'TransactWriteItemsCommand' && !isOvertaken && JSON.stringify(args.input).includes('lastChangeId')) {
        isOvertaken = true;
        await by();
      }
      return next(args);
    },
    { step: 'initialize', name: 'overtake' },
  );
  return openDirectoryStore({ client, tableName, registry: REGISTRY, transactionLimit: 8 });
}

const restore = async ({ store, ...opened }: TestStore, resource: StoredResource): Promise<void> => {
  await store.commit({ ...deletion(resource), kind: 'restore' }, aCall());
  await openSweeper({ ...opened, registry: REGISTRY }).perform({ kind: 'return', type: resource.type, id: resource.id }, aCall());
};

const membersOf = async ({ store }: TestStore, { id }: StoredResource): Promise<readonly string[]> =>
  ((await store.load('Group', id, { members: true }, aCall()))?.members ?? []).map(({ value }) => value).sort();

const idsOf = (users: readonly StoredResource[]): readonly string[] => users.map(({ id }) => id).sort();

const expectSound = async (opened: TestStore): Promise<void> => {
  expect(await drain(opened)).toMatchObject({ orphans: 0 });
  expect(contradictions(await readTable(opened.client, opened.tableName))).toEqual([]);
};

describe.each(['added', 'removed'] as const)(
  'a member that is removed, swept and restored before the large change by which it is %s commits',
  (kind) => {
    it('is what the change has made it', async () => {
      const opened = await openTestStore();
      const users = await usersOf(opened);
      const [user] = users;
      const group = await create(opened.store, aGroup('Changing'), kind === 'removed' ? users.map(asMember) : []);
      const store = await committingAfter(opened, async () => {
        await opened.store.commit(deletion(user), aCall());
        await drain(opened);
        await restore(opened, user);
      });

      await store.commit(kind === 'added' ? memberChange(group, users.map(asMember)) : memberChange(group, [], idsOf(users)), aCall());

      await expectSound(opened);
      expect(await membersOf(opened, group)).toEqual(kind === 'added' ? idsOf(users) : []);
    });
  },
);

describe.each(['added', 'removed'] as const)(
  'a member that was %s by a large change of a group that was removed before it was finished',
  (kind) => {
    it('is swept by that, whichever is swept first', async () => {
      const opened = await openTestStore();
      const users = await usersOf(opened);
      const [user] = users;
      const group = await create(opened.store, aGroup('Removed'), kind === 'removed' ? users.map(asMember) : []);
      const store = await committingAfter(opened, async () => {});
      const change = kind === 'added' ? memberChange(group, users.map(asMember)) : memberChange(group, [], idsOf(users));
      await store.commit(change, aCall());
      const changed = (await opened.store.load('Group', group.id, {}, aCall()))?.resource ?? group;
      await opened.store.commit(deletion(changed), aCall());
      await opened.store.commit(deletion(user), aCall());
      await openSweeper({ ...opened, registry: REGISTRY }).perform({ kind: 'sweep', type: 'User', id: user.id }, aCall());
      await drain(opened);

      await restore(opened, user);
      await restore(opened, changed);

      expect(await membersOf(opened, group)).toEqual(kind === 'added' ? idsOf(users) : []);
      await expectSound(opened);
    });
  },
);
