import { describe, expect, it } from '@jest/globals';
import { listedMembersSchema } from '../../src/directory/operator/answers.ts';
import { anAdmin } from '../support/directory-administration.ts';
import { aDirectoryTerminal } from '../support/directory-terminal.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';

const COUNT = 3_000;

async function fill(table: TestStore, from: number, to: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = from; at < to; at += 50) {
    const users = Array.from({ length: Math.min(50, to - at) }, (_, index) => aUser(`user.${at + index}`));
    ids.push(...(await Promise.all(users.map((user) => create(table.store, user)))).map(({ id }) => id));
  }
  return ids;
}

describe('scim user list --all', () => {
  it('lists 3,000 users each once and in order, while others are created, a page at a time', async () => {
    const table = await openTestStore();
    const before = (await fill(table, 0, COUNT)).toSorted();
    const { scim, asked } = aDirectoryTerminal(table);

    const [{ status, out }] = await Promise.all([scim('user', 'list', '--all', '--json'), fill(table, COUNT, COUNT + 300)]);

    const listed = out.map((line) => JSON.parse(line).id);
    expect(status).toBe(0);
    expect(listed).toEqual([...new Set(listed)].toSorted());
    expect(listed.slice(0, COUNT)).toEqual(before);
    expect(asked.length).toBeGreaterThanOrEqual(COUNT / 200);
  }, 120_000);
});

describe('scim group members', () => {
  it('reads no more of a group than the page that is asked for, and in the end each member once', async () => {
    const table = await openTestStore();
    const users = await Promise.all(Array.from({ length: 300 }, (_, index) => create(table.store, aUser(`user.${index}`))));
    await create(table.store, aGroup('All'), users.map(asMember));
    const { scim, usages } = aDirectoryTerminal(table);
    const listAll = aDirectoryTerminal(table);

    const some = await scim('group', 'members', 'All', '--limit', '5');
    const all = await listAll.scim('group', 'members', 'All', '--limit', '300', '--json');

    expect(some.out).toHaveLength(6);
    expect(some.err).toEqual(['There are more: --all lists them all, --limit so many.']);
    expect(usages[0]?.readUnits).toBeLessThan(20);
    expect(listAll.usages[0]?.readUnits).toBeGreaterThan(300);
    expect(all.out.map((line) => JSON.parse(line).id)).toEqual(users.map(({ id }) => id).toSorted());
    expect(all.err).toEqual([]);
  }, 60_000);

  it('joins its pages, whatever their size', async () => {
    const table = await openTestStore();
    const users = await Promise.all(Array.from({ length: 23 }, (_, index) => create(table.store, aUser(`user.${index}`))));
    const group = await create(table.store, aGroup('All'), users.map(asMember));
    const { ask } = anAdmin(table);

    for (const limit of [1, 2, 7, 22, 23]) {
      const ids: string[] = [];
      for (let after: string | undefined, isMore = true; isMore; ) {
        const answer = await ask({ act: 'resource.members', by: 'ada', resource: group.id, limit, after });
        const page = listedMembersSchema.parse(answer.ok ? answer.result : undefined);
        ids.push(...page.members.map(({ id }) => id));
        after = page.after;
        isMore = after !== undefined;
      }
      expect(ids).toEqual(users.map(({ id }) => id).toSorted());
    }
  }, 60_000);
});
