import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Change, type DirectoryStore, StaleRead } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { type Fault, injectFaults, lostAnswer } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { keysUnder, lastingManifests, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';

type Table = Awaited<ReturnType<typeof openTestTable>>;

/** What a second process has, on the same table: a clock of its own, and a client that nothing happens to. */
let table: Table;
let later = 0;

const open = (client = table.client): DirectoryStore =>
  openDirectoryStore({ client, tableName: table.tableName, registry: REGISTRY, transactionLimit: 8, now: () => Date.now() + later });

const call = () => aCall({ deadlineMs: Date.now() + later + 30_000 });

beforeEach(async () => {
  table = await openTestTable();
  later = 0;
});

const usersOf = (store: DirectoryStore, count: number): Promise<readonly StoredResource[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => create(store, aUser(`user.${index}`))));

async function membersOf(store: DirectoryStore, id: string): Promise<readonly string[] | undefined> {
  const loaded = await store.load('Group', id, { members: true }, call());
  return loaded?.members?.map(({ value }) => value).sort();
}

/** Whether each user says of itself to be in the group. */
async function groupsSay(store: DirectoryStore, users: readonly StoredResource[], id: string): Promise<readonly string[]> {
  const loaded = await Promise.all(users.map((user) => store.load('User', user.id, { groups: true }, call())));
  return users
    .filter((_, index) => loaded[index]?.groups?.some(({ value }) => value === id))
    .map((user) => user.id)
    .sort();
}

const idsOf = (users: readonly StoredResource[]): readonly string[] => users.map(({ id }) => id).sort();

/** Decides again as a use case does. */
async function persist(store: DirectoryStore, decide: () => Promise<Change | undefined>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    try {
      const change = await decide();
      if (change !== undefined) await store.commit(change, call());
      return;
    } catch (error) {
      if (!(error instanceof StaleRead)) throw error;
    }
  }
  throw new Error('never got through');
}

/** The members a group shall have, whatever it has. */
const becoming = (store: DirectoryStore, id: string, users: readonly StoredResource[]) => async (): Promise<Change | undefined> => {
  const loaded = await store.load('Group', id, { members: true }, call());
  if (loaded === undefined) return undefined;
  const present = new Set(loaded.members?.map(({ value }) => value));
  const wanted = new Set(users.map((user) => user.id));
  const members = {
    add: users.filter((user) => !present.has(user.id)).map(asMember),
    remove: [...present].filter((member) => !wanted.has(member)),
  };
  return members.add.length + members.remove.length === 0 ? undefined : update(loaded.resource, loaded.resource, { members });
};

/** What is left when all that is to be tidied has been. */
async function leftovers(): Promise<readonly string[]> {
  later += 3_600_000;
  await drain(table, { now: () => Date.now() + later });
  const items = await readTable(table.client, table.tableName);
  const marked = items.filter(({ change }) => change !== undefined).map(({ pk }) => `${pk?.S} marked`);
  return [...contradictions(items), ...marked, ...keysUnder(items, 'Change →'), ...lastingManifests(items)];
}

describe('a change of more members than fit one transaction', () => {
  it('adds and removes them all, in one version, and leaves nothing behind', async () => {
    const store = open();
    const users = await usersOf(store, 9);
    const group = await create(store, aGroup('Large'));

    await store.commit(memberChange(group, users.slice(0, 6).map(asMember)), call());
    const added = await membersOf(store, group.id);
    await persist(store, becoming(store, group.id, users.slice(4)));

    expect(added).toEqual(idsOf(users.slice(0, 6)));
    expect(await membersOf(store, group.id)).toEqual(idsOf(users.slice(4)));
    expect(await groupsSay(store, users, group.id)).toEqual(idsOf(users.slice(4)));
    expect((await store.load('Group', group.id, {}, call()))?.resource.version).toBe(3);
    expect(await leftovers()).toEqual([]);
  });

  it('creates a group with all of them, and frees its name when it is removed', async () => {
    const store = open();
    const users = await usersOf(store, 6);
    const group = await create(store, aGroup('Large'), users.map(asMember));

    const members = await membersOf(store, group.id);
    await store.commit(deletion(group), call());
    await create(store, aGroup('Large'), users.map(asMember));

    expect(members).toEqual(idsOf(users));
    expect((await groupsSay(store, users, group.id)).length).toBe(0);
  });

  it('changes the name with them, and their rows know it', async () => {
    const store = open();
    const users = await usersOf(store, 6);
    const group = await create(store, aGroup('Before'));
    const after = { ...group, attributes: { displayName: 'After' } };

    await store.commit(update(group, after, { members: { add: users.map(asMember), remove: [] } }), call());

    const loaded = await store.load('User', users[0]?.id ?? '', { groups: true }, call());
    expect(loaded?.groups).toEqual([{ value: group.id, display: 'After' }]);
    expect(await leftovers()).toEqual([]);
  });

  it('is nothing at all when a name is taken', async () => {
    const store = open();
    const users = await usersOf(store, 6);
    await create(store, aGroup('Taken'));

    const refused = create(store, aGroup('Taken'), users.map(asMember));

    await expect(refused).rejects.toMatchObject({ kind: 'uniqueness' });
    expect(await leftovers()).toEqual([]);
  });

  it('is decided again when a member has gone', async () => {
    const store = open();
    const users = await usersOf(store, 6);
    const group = await create(store, aGroup('Large'));
    const [gone] = users;
    if (gone) await store.commit(deletion(gone), call());

    await expect(store.commit(memberChange(group, users.map(asMember)), call())).rejects.toThrow(StaleRead);

    expect(await membersOf(store, group.id)).toEqual([]);
    expect((await leftovers()).filter((problem) => !problem.includes(gone?.id ?? ''))).toEqual([]);
  });

  it('waits for another one, and both hold', async () => {
    const store = open();
    const users = await usersOf(store, 12);
    const group = await create(store, aGroup('Busy'));
    const add = (some: readonly StoredResource[]) => async (): Promise<Change> => {
      const read = await store.loadForMemberChange('Group', group.id, idsOf(some), call());
      return memberChange(read?.resource ?? group, some.filter(({ id }) => !read?.members.has(id)).map(asMember));
    };

    await Promise.all([
      persist(store, add(users.slice(0, 6))),
      persist(store, add(users.slice(6))),
      persist(store, add(users.slice(0, 1))),
    ]);

    expect(await membersOf(store, group.id)).toEqual(idsOf(users));
    expect(await groupsSay(store, users, group.id)).toEqual(idsOf(users));
    expect(await leftovers()).toEqual([]);
  });
});

describe('whoever reads while large changes are made', () => {
  it('sees all of each, or nothing', async () => {
    const [writer, reader] = [open(), open()];
    const users = await usersOf(writer, 24);
    const [one, other] = [users.slice(0, 14), users.slice(10)];
    const group = await create(writer, aGroup('Read'), one.map(asMember), call());
    let isWriting = true;
    const writing = (async () => {
      for (let round = 0; round < 12; round += 1) await persist(writer, becoming(writer, group.id, round % 2 === 0 ? other : one));
      isWriting = false;
    })();
    const seen = new Set<string>();

    const read = async () => {
      while (isWriting) seen.add((await membersOf(reader, group.id))?.join(' ') ?? '');
    };
    await Promise.all([writing, read(), read()]);

    expect([...seen].sort()).toEqual([idsOf(one).join(' '), idsOf(other).join(' ')].sort());
  });
});

describe('a read that a whole large change overtakes', () => {
  it('shows what was after it, not some of each', async () => {
    const writer = open();
    const users = await usersOf(writer, 24);
    const group = await create(writer, aGroup('Overtaken'), users.slice(0, 14).map(asMember), call());
    const slow = (await openTestTable()).client;
    let isOvertaken = false;
    slow.middlewareStack.add(
      (next) => async (args) => {
        const isOfLastSlice = JSON.stringify(args.input).includes('#Members#3');
        if (isOfLastSlice && !isOvertaken) {
          isOvertaken = true;
          await persist(writer, becoming(writer, group.id, users.slice(10)));
        }
        return next(args);
      },
      { step: 'initialize', name: 'overtake' },
    );

    const seen = await membersOf(open(slow), group.id);

    expect(isOvertaken).toBe(true);
    expect(seen).toEqual(idsOf(users.slice(10)));
  });
});

/** What there is to lose: a group that is changed, or one that is created. */
async function aScene(isNew: boolean) {
  const whole = open();
  const users = await usersOf(whole, 6);
  const [before, wanted] = [users.slice(0, 3), users.slice(2)];
  const group = isNew ? aGroup('Torn') : await create(whole, aGroup('Torn'), before.map(asMember));
  const isThere = async () => !isNew || (await membersOf(whole, group.id)) !== undefined;
  const write = async (store: DirectoryStore) => {
    if (await isThere()) await persist(store, becoming(whole, group.id, wanted));
    else await create(store, group, wanted.map(asMember), call());
  };
  return { whole, users, group, write, all: idsOf(wanted) };
}

/** A process in which something fails, and how many calls it has made. */
async function aFailing(decide: (call: number) => Fault | undefined) {
  const { client } = await openTestTable();
  const made = { calls: 0 };
  injectFaults(client, () => {
    made.calls += 1;
    return decide(made.calls);
  });
  return { store: open(client), made };
}

describe.each([
  ['add and remove', false],
  ['create', true],
] as const)('an answer that is lost while members are to %s', (_kind, isNew) => {
  it('is asked for again, whichever it is, and nobody notices', async () => {
    for (let at = 1, isOver = false; !isOver; at += 1) {
      table = await openTestTable();
      later = 0;
      const { whole, users, group, write, all } = await aScene(isNew);
      const { store, made } = await aFailing((number) => (number === at ? lostAnswer() : undefined));

      await write(store);
      isOver = made.calls < at;

      expect(await membersOf(whole, group.id)).toEqual(all);
      expect(await groupsSay(whole, users, group.id)).toEqual(all);
      expect(await leftovers()).toEqual([]);
    }
  });
});
