import { beforeEach, describe, expect, it } from '@jest/globals';
import { noUsage } from '../../src/access/no-usage.ts';
import type { Usage } from '../../src/directory/ports.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { printHeader, printMembers, printResource } from '../../src/directory/transfer/lines.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';
import { openOn, type Table, twoTables } from '../support/transfer-scene.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

let source: Table;
let target: Table;

beforeEach(async () => {
  ({ source, target } = await twoTables());
});

const EPOCH = '2026-01-01T00:00:00.000Z';

describe('groups of thousands', () => {
  /** Ids in the order of ids, of which all but a few are in one slice: the others are read ahead of it. */
  const idOf = (index: number) => `00000000-0000-7000-8000-${(index * 4 + (index % 100 === 0 ? 1 : 0)).toString(16).padStart(12, '0')}`;

  it('have shorter lines where clients have sent long texts with the members', async () => {
    const store = openOn(source);
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
