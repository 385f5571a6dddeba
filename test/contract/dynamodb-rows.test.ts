import { describe, expect, it } from '@jest/globals';
import type { StoredResource } from '../../src/directory/resource.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall, STAMP } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, memberChange, update } from '../support/store-resources.ts';

async function lastChangeOf({ client, tableName }: TestStore, { id, type }: StoredResource): Promise<unknown> {
  const row = (await readTable(client, tableName)).find(({ pk, sk }) => pk?.S === `${type}#0` && sk?.S === id);
  return JSON.parse(row?.['lastChange']?.S ?? 'null');
}

describe('what a row remembers of its last change', () => {
  it('is who did it, in which request, when and at which paths', async () => {
    const opened = await openTestStore();
    const user = await create(opened.store, aUser('remembered'));
    const stamp = { requestId: 'request-2', application: 'entra', at: '2026-05-05T00:00:00.000Z', paths: ['title'] };

    await opened.store.commit(update(user, { ...user, attributes: { ...user.attributes, title: 'Dr' } }, { stamp }), aCall());

    expect(await lastChangeOf(opened, user)).toEqual(stamp);
  });

  it('is, of a group, also which members came and went, by nothing but their ids', async () => {
    const opened = await openTestStore();
    const [ada, bob] = [await create(opened.store, aUser('came')), await create(opened.store, aUser('went'))];
    const group = await create(opened.store, aGroup('Coming and going'), [asMember(bob)]);
    expect(await lastChangeOf(opened, group)).toEqual({ ...STAMP, added: [bob.id] });

    await opened.store.commit(memberChange(group, [asMember(ada)], [bob.id, 'bob@example.com']), aCall());

    expect(await lastChangeOf(opened, group)).toEqual({ ...STAMP, added: [ada.id], removed: [bob.id] });
  });
});

describe('a key made of a digest', () => {
  it('has the value it stands for in its item; a readable one does not', async () => {
    const { store, client, tableName } = await openTestStore();
    const long = 'v'.repeat(700);
    await create(store, aUser(long));
    await create(store, aUser('short'));

    const unique = (await readTable(client, tableName)).filter(({ pk }) => pk?.S?.startsWith('Unique#'));

    expect(new Set(unique.map(({ value }) => value?.S))).toEqual(new Set([long, undefined]));
  });
});
