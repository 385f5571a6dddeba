import { describe, expect, it } from '@jest/globals';
import { fillMembers, fillResources } from '../../bench/support/fill.ts';
import { asMember, inventedGroup, inventedUser, STAMP } from '../../bench/support/invented.ts';
import { indexEntries } from '../../src/directory/index-entries.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { GROUP, USER } from '../../src/scim/schema/resource-types.ts';
import { contradictions } from '../support/dynamodb-invariants.ts';
import { type RawItem, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { memberChange } from '../support/store-resources.ts';

const users = Array.from({ length: 30 }, (_, n) => inventedUser(n));
const group = inventedGroup(0);

async function createAll({ store }: TestStore, resources: readonly StoredResource[]): Promise<void> {
  for (const resource of resources) {
    const entries = indexEntries(resource.type === 'User' ? USER : GROUP, resource);
    await store.commit({ kind: 'create', resource, entries, members: [], stamp: STAMP }, aCall());
  }
}

async function rowsOf({ client, tableName }: TestStore): Promise<readonly RawItem[]> {
  const byKey = ({ pk, sk }: RawItem): string => `${pk?.S} ${sk?.S}`;
  return (await readTable(client, tableName)).toSorted((one, other) => (byKey(one) < byKey(other) ? -1 : 1));
}

describe('a table that was filled', () => {
  it('holds the very rows that creations leave', async () => {
    const [filled, created] = [await openTestStore(), await openTestStore()];

    await fillResources(filled, [...users, group], STAMP);
    await createAll(created, [...users, group]);

    expect(await rowsOf(filled)).toEqual(await rowsOf(created));
  });

  it('holds the very rows that added members leave, beside that of the group, which counts its changes', async () => {
    const [filled, changed] = [await openTestStore(), await openTestStore()];
    const members = users.map(asMember);
    const isOther = ({ pk }: RawItem): boolean => pk?.S !== 'Group#0';

    for (const table of [filled, changed]) await fillResources(table, [...users, group], STAMP);
    await fillMembers(filled, group, members);
    await changed.store.commit(memberChange(group, members), aCall());

    expect((await rowsOf(filled)).filter(isOther)).toEqual((await rowsOf(changed)).filter(isOther));
    expect(contradictions(await rowsOf(filled))).toEqual([]);
  });
});
