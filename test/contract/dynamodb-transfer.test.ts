import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseAdminRequest } from '../../src/access/admin-request.ts';
import type { Usage } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { applySchemas } from '../../src/directory/schemas/apply-schemas.ts';
import { printHeader, printMembers, printResource } from '../../src/directory/transfer/lines.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { readExample, registryWith } from '../support/custom-registry.ts';
import { drain } from '../support/drain.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults } from '../support/dynamodb-faults.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { keysUnder, readTable } from '../support/dynamodb-table.ts';
import { aCall, noUsage } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

type Table = Awaited<ReturnType<typeof openTestTable>>;

const INFOR = 'urn:ietf:params:scim:schemas:extension:infor:2.0:User';
const EPOCH = '2026-01-01T00:00:00.000Z';

let source: Table;
let target: Table;

const open = ({ client, tableName }: Table) => openDirectoryStore({ client, tableName, registry: REGISTRY });

beforeEach(async () => {
  source = await openTestTable();
  target = await openTestTable();
});

const anyUser = (index: number): StoredResource => ({
  ...aUser(`user.${index}`, { displayName: `Ü ${index} "quoted"`, emails: [{ value: `user.${index}@example.com` }] }),
  externalIds: { default: `external-${index}` },
});

/** Users, a group of all of them, a group in a group, and one without members. */
async function fill(table: Table, count: number) {
  const store = open(table);
  const users = await Promise.all(Array.from({ length: count }, (_, index) => create(store, anyUser(index))));
  const group = await create(store, aGroup('All'), users.map(asMember));
  await create(store, aGroup('Outer'), [asMember(group)]);
  await create(store, aGroup('Empty'));
  return { store, users, group };
}

const problemsIn = async (table: Table) => {
  await drain(table);
  return contradictions(await readTable(table.client, table.tableName));
};

describe('a directory that is taken elsewhere', () => {
  it('comes to the same bytes there, and nothing contradicts itself', async () => {
    const { store, users, group } = await fill(source, 40);
    const [first] = users;
    if (first) await store.commit(update(first, { ...first, attributes: { ...first.attributes, active: false } }), aCall());
    await store.commit(memberChange(group, [], [users[1]?.id ?? '']), aCall());
    const lines = await exportAll(aTransfer(source));

    const imported = await importAll(aTransfer(target), lines);

    expect(imported).toMatchObject({ done: 46, refused: [], unknown: [] });
    expect(imported.counts).toEqual({ created: 43, membersAdded: 40 });
    expect(await exportAll(aTransfer(target))).toEqual(lines);
    expect(await problemsIn(target)).toEqual([]);
  });
});

const byUserName = async (table: Table, userName: string): Promise<string | undefined> =>
  (await open(table).findIds('User', 'unique', { attribute: 'userName', value: userName }, aCall()))[0];

const membersOf = async (table: Table, id: string): Promise<readonly string[] | undefined> =>
  (await open(table).load('Group', id, { members: true }, aCall()))?.members?.map(({ value }) => value).sort();

describe('an import', () => {
  it('passes over what is there already', async () => {
    await fill(source, 5);
    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);
    const before = await readTable(target.client, target.tableName);

    const again = await importAll(aTransfer(target), lines);

    expect(again.counts).toEqual({ same: 8, membersSame: 6 });
    expect(await readTable(target.client, target.tableName)).toEqual(before);
  });

  it('changes nothing when it is only to judge', async () => {
    await fill(source, 5);
    const lines = await exportAll(aTransfer(source));

    const judged = await importAll(aTransfer(target), lines, { dryRun: true });

    expect(judged).toMatchObject({ dryRun: true, counts: { created: 8, membersAdded: 6 }, refused: [], unknown: [] });
    expect(await readTable(target.client, target.tableName)).toEqual([]);
  });

  it('refuses a name that another has, by its line and id, and brings in the others', async () => {
    await fill(source, 3);
    const holder = await create(open(target), anyUser(1));
    const lines = await exportAll(aTransfer(source));
    const loser = await byUserName(source, 'user.1');

    const imported = await importAll(aTransfer(target), lines);

    const line = lines.findIndex((text) => text.includes(`"id":"${loser}"`)) + 1;
    expect(imported.refused).toEqual([{ line, message: `User ${loser}: its userName is taken by the User ${holder.id}` }]);
    expect(imported.counts).toMatchObject({ created: 5, refused: 1 });
    expect(await byUserName(target, 'user.1')).toBe(holder.id);
    expect(await problemsIn(target)).toEqual([]);
  });

  it('names the type that has the id of a line', async () => {
    const user = await create(open(source), anyUser(1));
    await create(open(target), { ...aGroup('Same id'), id: user.id });

    const imported = await importAll(aTransfer(target), await exportAll(aTransfer(source)));

    expect(imported.refused).toEqual([{ line: 2, message: `User ${user.id}: its id is that of a Group here` }]);
    expect(await problemsIn(target)).toEqual([]);
  });

  it.each([
    ['fail', 'there', { refused: 1, membersSame: 6, same: 7 }],
    ['skip', 'there', { skipped: 1, membersSame: 6, same: 7 }],
    ['replace', 'in the file', { replaced: 1, membersSame: 6, same: 7 }],
  ] as const)('where a resource differs, with --on-conflict %s keeps what is %s', async (onConflict, kept, counts) => {
    const { users } = await fill(source, 5);
    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);
    const [first] = users;
    if (!first) throw new TypeError('there are users');
    await open(target).commit(
      update(first, { ...first, attributes: { userName: 'there' }, lastModified: '2026-02-01T00:00:00.000Z' }),
      aCall(),
    );

    const imported = await importAll(aTransfer(target), lines, { onConflict });

    const after = (await open(target).load('User', first.id, {}, aCall()))?.resource;
    expect(imported.counts).toEqual(counts);
    expect(after?.attributes['userName']).toBe(kept === 'there' ? 'there' : 'user.0');
    expect(after?.version).toBe(kept === 'there' ? 2 : 3);
    expect((await importAll(aTransfer(target), lines, { onConflict: 'replace' })).counts['same']).toBe(kept === 'there' ? 7 : 8);
    expect(await problemsIn(target)).toEqual([]);
  });

  it('replaces the members of a group, and carries its new name to them', async () => {
    const { users, group } = await fill(source, 5);
    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);
    const store = open(target);
    const other = await create(store, aUser('other'));
    const renamed = { ...group, attributes: { displayName: 'Renamed' }, lastModified: '2026-02-01T00:00:00.000Z' };
    await store.commit(update(group, renamed, { members: { add: [asMember(other)], remove: [users[0]?.id ?? ''] } }), aCall());

    const failed = await importAll(aTransfer(target), lines);
    const skipped = await importAll(aTransfer(target), lines, { onConflict: 'skip' });
    const kept = await membersOf(target, group.id);
    const replaced = await importAll(aTransfer(target), lines, { onConflict: 'replace' });

    expect(failed.refused.map(({ message }) => message)).toEqual([
      expect.stringContaining('it is there already, and differs'),
      expect.stringContaining(`not in the file, ${other.id} for one`),
    ]);
    expect(skipped.counts).toMatchObject({ skipped: 1, membersSkipped: 5 });
    expect(kept).toContain(other.id);
    expect(replaced.counts).toMatchObject({ replaced: 1, membersAdded: 1, membersRemoved: 1 });
    expect(await membersOf(target, group.id)).toEqual(users.map(({ id }) => id).sort());
    expect(await problemsIn(target)).toEqual([]);
  });

  it('leaves out members that are not there, and names them', async () => {
    const { users, group } = await fill(source, 3);
    const lines = (await exportAll(aTransfer(source))).filter((line) => !line.includes(`"id":"${users[0]?.id}"`));

    const imported = await importAll(aTransfer(target), lines);

    const line = lines.findIndex((text) => text.includes(`"group":"${group.id}"`)) + 1;
    expect(imported.unknown).toEqual([{ line, group: group.id, count: 1, ids: [users[0]?.id], isGroupUnknown: false }]);
    expect(await problemsIn(target)).toEqual([]);
  });

  it('leaves out the members of a group that is not there', async () => {
    const { group } = await fill(source, 3);
    const lines = (await exportAll(aTransfer(source))).filter((line) => !line.includes(`"id":"${group.id}"`));

    const imported = await importAll(aTransfer(target), lines);

    expect(imported.unknown).toContainEqual(expect.objectContaining({ group: group.id, count: 3, isGroupUnknown: true }));
    expect(await problemsIn(target)).toEqual([]);
  });

  it('refuses what was removed here a moment ago, and then leaves it to be restored unless it is told to replace it', async () => {
    const { users } = await fill(source, 3);
    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);
    const [gone] = users;
    if (!gone) throw new TypeError('there are users');
    await open(target).commit(deletion(gone), aCall());
    await drain(target);
    const refused = await importAll(aTransfer(target), lines, { onConflict: 'replace' });
    const later = aTransfer(target, () => Date.now() + 3_600_000);
    const failed = await importAll(later, lines);
    const skipped = await importAll(later, lines, { onConflict: 'skip' });
    const imported = await importAll(later, lines, { onConflict: 'replace' });

    expect(refused.refused.map(({ message }) => message)).toEqual([expect.stringMatching(/^User .* removed here a moment ago/)]);
    expect(failed.refused.map(({ message }) => message)).toEqual([expect.stringMatching(/^User .* can be restored/)]);
    expect(skipped.counts).toMatchObject({ skipped: 1, membersUnknown: 1 });
    expect(imported).toMatchObject({ refused: [], unknown: [], counts: { created: 1, membersAdded: 1 } });
    expect(keysUnder(await readTable(target.client, target.tableName), 'Removed#')).toEqual([]);
    expect(await membersOf(target, JSON.parse(lines.find((line) => line.includes('"All"')) ?? '{}').id)).toContain(gone.id);
    expect(await problemsIn(target)).toEqual([]);
  });
});

describe('schemas of an operator', () => {
  const files = [readExample('device.json'), readExample('infor-user.json')];

  async function apply(table: Table, ...documents: readonly unknown[]): Promise<void> {
    for (const document of documents) {
      const request = parseAdminRequest({ act: 'schema.apply', by: 'ada', document });
      if (request.act === 'schema.apply') await applySchemas(aTransfer(table), request, aCall());
    }
  }

  /** A user with an attribute of the operator's own, and a device in a group. */
  async function fillWithDevices(): Promise<readonly string[]> {
    await apply(source, ...files);
    const store = openDirectoryStore({ ...source, registry: registryWith(...files) });
    const device = await create(store, { ...aUser('x'), type: 'Device', attributes: { serialNumber: 'SN-1', ports: 2 } });
    await create(store, aUser('ada', { [INFOR]: { lnUser: 'ada' } }));
    await create(store, aGroup('Devices'), [asMember(device)]);
    return exportAll(aTransfer(source));
  }

  it('come along, with the resources of their types', async () => {
    const lines = await fillWithDevices();

    const imported = await importAll(aTransfer(target), lines);

    expect(imported).toMatchObject({ schemas: 'applied', counts: { created: 3, membersAdded: 1 }, refused: [] });
    expect((await importAll(aTransfer(target), lines)).schemas).toBe('same');
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });

  it('are only judged in a dry run, and the resources by them', async () => {
    const lines = await fillWithDevices();

    const judged = await importAll(aTransfer(target), lines, { dryRun: true });

    expect(judged).toMatchObject({ schemas: 'applied', counts: { created: 3, membersAdded: 1 }, refused: [] });
    expect(await readTable(target.client, target.tableName)).toEqual([]);
  });

  it('are refused, kept or replaced where there are others', async () => {
    const lines = await fillWithDevices();
    await apply(target, files[1]);

    await expect(importAll(aTransfer(target), lines)).rejects.toThrow(/line 1: the schemas of the file are others/);
    const kept = await importAll(aTransfer(target), lines, { onConflict: 'skip' });
    const replaced = await importAll(aTransfer(target), lines, { onConflict: 'replace' });

    expect(kept).toMatchObject({ schemas: 'kept', counts: { created: 2, refused: 1, membersUnknown: 1 } });
    expect(kept.refused[0]?.message).toContain('there is no resource type "Device" here');
    expect(replaced).toMatchObject({ schemas: 'applied', counts: { created: 1, same: 2, membersAdded: 1 } });
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });

  it('are refused when they contradict themselves, as in a schema file', async () => {
    const [header = '', ...lines] = await fillWithDevices();
    const contradiction = header.replace('"endpoint":"/Devices"', '"endpoint":"/Users"');

    await expect(importAll(aTransfer(target), [contradiction, ...lines])).rejects.toThrow(/\/Users/);
    expect(await readTable(target.client, target.tableName)).toEqual([]);
  });
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
    const isStaging = (await open(target).load('Group', group.id, {}, aCall()))?.resource.change?.phase;

    const ofMembers = lines.filter((line, index) => index === 0 || line.includes('"kind":"members"'));
    const waiting = importAll(aTransfer(target), ofMembers, {}, { deadlineMs: Date.now() + 1_000 });
    await expect(waiting).rejects.toMatchObject({ kind: 'unavailable' });
    const meanwhile = await membersOf(target, group.id);
    const imported = await importAll(
      aTransfer(target, () => Date.now() + 60_000),
      lines,
    );

    expect(isStaging).toBe('staging');
    expect(meanwhile).toEqual([]);
    expect(imported).toMatchObject({ refused: [], counts: { membersAdded: 12, membersSame: 1 } });
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });
});

describe('groups of thousands', () => {
  /** Ids in the order of ids, of which all but a few are in one slice: the others are read ahead of it. */
  const idOf = (index: number) => `00000000-0000-7000-8000-${(index * 4 + (index % 100 === 0 ? 1 : 0)).toString(16).padStart(12, '0')}`;

  it('have shorter lines where clients have sent long texts with the members', async () => {
    const store = open(source);
    const users = await Promise.all(Array.from({ length: 120 }, (_, index) => create(store, aUser(`user.${index}`))));
    const display = '\u0001'.repeat(1_000);
    await create(
      store,
      aGroup('Long'),
      users.map((user) => ({ ...asMember(user), display })),
    );

    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);

    const sizes = lines.filter((line) => line.includes('"kind":"members"')).map((line) => JSON.parse(line).members.length);
    expect(sizes).toEqual([87, 33]);
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });

  it('take members at the same cost as small ones', async () => {
    const header = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });
    const [large, others] = [await linesOf(2_000), Array.from({ length: 40 }, (_, index) => idOf(9_000 + index))];
    const about = { version: 1, created: EPOCH, lastModified: EPOCH, createdBy: 'default', externalIds: {} };
    const small = { ...about, type: 'Group', id: idOf(8_000), nameVersion: 1, attributes: { displayName: 'Small' } };
    const users = others.map((id) => printResource({ ...about, type: 'User', id, attributes: { userName: id } }));
    const all = [...large, printResource(small), ...users];
    const transfer = aTransfer(target);
    for (let at = 0; at < all.length; at += 1_000) await importAll(transfer, [header, ...all.slice(at, at + 1_000)]);
    const members = others.map((value) => ({ value, type: 'User' }));
    const costOf = async (group: StoredResource, after: string): Promise<Usage> => {
      const usage = noUsage();
      const { counts } = await importAll(transfer, [header, printMembers(group, after, members, true)], {}, { usage });
      expect(counts).toEqual({ membersAdded: 40 });
      return usage;
    };

    const ofSmall = await costOf(small, idOf(2_000));
    const ofLarge = await costOf({ ...small, id: idOf(2_000) }, idOf(1_999));

    expect(ofLarge).toEqual(ofSmall);
  });

  async function linesOf(size: number): Promise<readonly string[]> {
    const about = { version: 1, created: EPOCH, lastModified: EPOCH, createdBy: 'default', externalIds: {} };
    const users = Array.from({ length: size }, (_, index) =>
      printResource({ ...about, type: 'User', id: idOf(index), attributes: { userName: `user.${index}` } }),
    );
    const group = { ...about, type: 'Group', id: idOf(size), nameVersion: 1, attributes: { displayName: 'Large' } };
    const members = Array.from({ length: Math.ceil(size / 1_000) }, (_, at) => {
      const some = Array.from({ length: Math.min(1_000, size - at * 1_000) }, (_each, index) => idOf(at * 1_000 + index));
      const after = at === 0 ? undefined : idOf(at * 1_000 - 1);
      return printMembers(
        group,
        after,
        some.map((value) => ({ value, type: 'User' })),
        (at + 1) * 1_000 >= size,
      );
    });
    return [...users, printResource(group), ...members];
  }

  it.each([1_100, 2_000])('%i members make the same lines again, wherever the export goes on', async (size) => {
    const header = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });
    const lines = [header, ...(await linesOf(size))];
    const transfer = aTransfer(target);
    for (let at = 1; at < lines.length; at += 1_000) await importAll(transfer, [header, ...lines.slice(at, at + 1_000)]);

    const whole = await exportAll(transfer);

    expect(whole).toEqual(lines);
    for (const kept of [1, 2, size - 1, size + 1, size + 2, size + 3]) {
      expect(await exportAll(transfer, lines.slice(0, kept))).toEqual(lines);
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
