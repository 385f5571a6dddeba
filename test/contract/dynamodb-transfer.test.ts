import { beforeEach, describe, expect, it } from '@jest/globals';
import { drain } from '../support/drain.ts';
import { keysUnder, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create, deletion, memberChange, update } from '../support/store-resources.ts';
import { anyUser, fill, membersOf, openOn, problemsIn, type Table, twoTables } from '../support/transfer-scene.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

let source: Table;
let target: Table;

beforeEach(async () => {
  ({ source, target } = await twoTables());
});

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

describe('readers, after an import', () => {
  it('find groups in groups as they were', async () => {
    const store = openOn(source);
    const user = await create(store, aUser('nested'));
    const inner = await create(store, aGroup('Inner'), [asMember(user)]);
    const outer = await create(store, aGroup('Outer'), [asMember(inner)]);

    await importAll(aTransfer(target), await exportAll(aTransfer(source)));

    const loaded = await openOn(target).load('User', user.id, { groups: true }, aCall());
    expect(new Set(loaded?.groups?.map(({ value }) => value))).toEqual(new Set([inner.id, outer.id]));
    expect(await problemsIn(target)).toEqual([]);
  });

  it('are not led on by a place in a list that others have come before', async () => {
    const early = await create(openOn(source), aUser('early'));
    const late = openOn(target);
    for (let index = 0; index < 6; index += 1) await create(late, aUser(`late.${index}`));
    const page = (startIndex: number, reader: string) => late.page('User', { startIndex, count: 2, reader }, {}, aCall());
    await page(3, 'one');
    await importAll(aTransfer(target), await exportAll(aTransfer(source)));

    const { total, loaded } = await page(4, 'one');

    expect(total).toBe(7);
    expect((await page(1, 'two')).loaded[0]?.resource.id).toBe(early.id);
    expect(loaded.map(({ resource }) => resource.attributes['userName'])).toEqual(['late.2', 'late.3']);
  });
});

const byUserName = async (table: Table, userName: string): Promise<string | undefined> =>
  (await openOn(table).findIds('User', 'unique', { attribute: 'userName', value: userName }, aCall()))[0];

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
    const holder = await create(openOn(target), anyUser(1));
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
    const user = await create(openOn(source), anyUser(1));
    await create(openOn(target), { ...aGroup('Same id'), id: user.id });

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
    await openOn(target).commit(
      update(first, { ...first, attributes: { userName: 'there' }, lastModified: '2026-02-01T00:00:00.000Z' }),
      aCall(),
    );

    const imported = await importAll(aTransfer(target), lines, { onConflict });

    const after = (await openOn(target).load('User', first.id, {}, aCall()))?.resource;
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
    const store = openOn(target);
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
    await openOn(target).commit(deletion(gone), aCall());
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
    expect(keysUnder(await readTable(target.client, target.tableName), 'Removed#')).toEqual([expect.stringContaining(`${gone.id}#Past `)]);
    expect(await membersOf(target, JSON.parse(lines.find((line) => line.includes('"All"')) ?? '{}').id)).toContain(gone.id);
    expect(await problemsIn(target)).toEqual([]);
  });

  it('leaves the memberships of what was removed here to a restore, where the line is refused', async () => {
    const { users } = await fill(source, 3);
    const lines = await exportAll(aTransfer(source));
    await importAll(aTransfer(target), lines);
    const [gone] = users;
    if (!gone) throw new TypeError('there are users');
    await openOn(target).commit(deletion(gone), aCall());
    await drain(target);
    await create(openOn(target), aUser(String(gone.attributes['userName'])));

    const { refused } = await importAll(
      aTransfer(target, () => Date.now() + 3_600_000),
      lines,
      { onConflict: 'replace' },
    );

    expect(refused.map(({ message }) => message)).toContainEqual(expect.stringContaining('userName is taken'));
    expect(keysUnder(await readTable(target.client, target.tableName), `Removed#${gone.id}#Members`)).toHaveLength(1);
  });
});
