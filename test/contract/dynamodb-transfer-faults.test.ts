import { beforeEach, describe, expect, it } from '@jest/globals';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { aCall } from '../support/store-call.ts';
import { asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';
import { fill, membersOf, openOn, problemsIn, type Table, twoTables } from '../support/transfer-scene.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

let source: Table;
let target: Table;

beforeEach(async () => {
  ({ source, target } = await twoTables());
});

describe('an import into a group with a large change under way', () => {
  it('waits for it while its author is at work, and undoes it once the author is gone', async () => {
    const { users, group } = await fill(source, 12);
    const lines = await exportAll(aTransfer(source));
    await importAll(
      aTransfer(target),
      lines.filter((line) => !line.includes('"kind":"members"')),
    );
    const dead = await openTestTable();
    // Takes the group, stages the rows, and is gone.
    injectFaults(dead.client, (command, earlier) =>
      /^(UpdateItem|TransactWriteItems)Command$/.test(command) && earlier > 0
        ? { error: new TypeError('the end'), isDone: false }
        : undefined,
    );
    const staged = openDirectoryStore({ client: dead.client, tableName: target.tableName, registry: REGISTRY, transactionLimit: 8 });
    await staged.commit(memberChange(group, users.slice(0, 6).map(asMember)), aCall()).catch(() => undefined);
    const isStaging = (await openOn(target).load('Group', group.id, {}, aCall()))?.resource.change?.phase;

    const ofMembers = lines.filter((line, index) => index === 0 || line.includes('"kind":"members"'));
    const waited = await importAll(aTransfer(target), ofMembers, {}, { deadlineMs: Date.now() + 1_000 });
    const meanwhile = await membersOf(target, group.id);
    const imported = await importAll(
      aTransfer(target, () => Date.now() + 60_000),
      lines,
    );

    expect(isStaging).toBe('staging');
    expect(waited).toMatchObject({ done: 0, counts: {} });
    expect(meanwhile).toEqual([]);
    const { membersAdded = 0, membersSame = 0 } = imported.counts;
    expect(imported.refused).toEqual([]);
    // Whether the first import came to the member of the other group depends on how fast the store is.
    expect(membersAdded + membersSame).toBe(13);
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });
});

describe('an export of a directory in use', () => {
  it('has each resource as it was at some moment, and an import of it leaves out what it lacks', async () => {
    const { store, users, group } = await fill(source, 30);
    const versions = new Map(users.map((user) => [user.id, [JSON.stringify(user.attributes)]]));
    let isWriting = true;
    const write = async (): Promise<void> => {
      for (const [index, user] of users.entries()) {
        const attributes = { userName: `renamed.${index}`, displayName: `Renamed ${index}` };
        versions.get(user.id)?.push(JSON.stringify(attributes));
        const renamed = await store.commit(update(user, { ...user, attributes }), aCall());
        const late = await create(store, aUser(`late.${index}`));
        versions.set(late.id, [JSON.stringify(late.attributes)]);
        await store.commit(memberChange(group, [asMember(late)], [users[index - 1]?.id ?? '']), aCall());
        if (index % 3 === 0 && renamed) await store.commit(deletion(renamed), aCall());
      }
      isWriting = false;
    };
    const exports: (readonly string[])[] = [];
    const read = async (): Promise<void> => {
      while (isWriting) exports.push(await exportAll(aTransfer(source)));
    };

    await Promise.all([write(), read()]);

    const seen = exports.flat().flatMap((line) => (line.includes('"type":"User","id"') ? [JSON.parse(line)] : []));
    expect(exports.length).toBeGreaterThan(2);
    expect(seen.filter(({ id, attributes }) => !versions.get(id)?.includes(JSON.stringify(attributes)))).toEqual([]);
    for (const lines of exports.slice(-5)) {
      target = await openTestTable();
      const imported = await importAll(aTransfer(target), lines);
      expect(imported.refused).toEqual([]);
      expect(await problemsIn(target)).toEqual([]);
    }
  });
});

type Death = { readonly at: number; readonly isDone: boolean };

/** A process that dies at one of its calls, and how many it has made. */
async function dying({ at, isDone }: Death) {
  const { client } = await openTestTable();
  const made = { calls: 0 };
  injectFaults(client, () => {
    made.calls += 1;
    return made.calls >= at ? { error: new TypeError('the end'), isDone: isDone && made.calls === at } : undefined;
  });
  return { table: { client, tableName: target.tableName }, made };
}

describe('an import that dies', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])('%s any of its calls leaves no contradiction, and comes to the same bytes when it is run again', async (_moment, isDone) => {
    await fill(source, 3);
    const lines = await exportAll(aTransfer(source));
    for (let at = 1, isOver = false; !isOver; at += 1) {
      target = await openTestTable();
      const { table, made } = await dying({ at, isDone });

      await importAll(aTransfer(table), lines).catch(() => undefined);
      isOver = made.calls < at;
      const torn = await problemsIn(target);
      await importAll(aTransfer(target), lines);

      expect(torn).toEqual([]);
      expect(await exportAll(aTransfer(target))).toEqual(lines);
      expect(await problemsIn(target)).toEqual([]);
    }
  });
});
