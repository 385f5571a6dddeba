import { describe, expect, it, jest } from '@jest/globals';
import { openSweeper } from '../../src/dynamodb/sweeping/sweeper.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { drain } from '../support/drain.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall, STAMP } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create, deletion } from '../support/store-resources.ts';

jest.setTimeout(90_000);

const rowUnder = async ({ client, tableName }: TestStore, pk: string) =>
  (await readTable(client, tableName)).find((item) => item['pk']?.S === pk);

/** Gives up as soon as it has looked at its clock so often. */
async function bringBackFor(table: TestStore, id: string, looks: number): Promise<void> {
  let left = looks;
  const now = (): number => {
    left -= 1;
    return left < 0 ? Date.now() + 27_000 : Date.now();
  };
  const sweeper = openSweeper({ ...table, registry: REGISTRY, now });
  await sweeper.perform({ kind: 'return', type: 'Group', id }, aCall({ deadlineMs: Date.now() + 30_000 })).catch(() => undefined);
}

describe('a large group that is restored before it is swept', () => {
  it('has its members told in parts, and goes on where time ran out', async () => {
    const table = await openTestStore();
    const users = await Promise.all(Array.from({ length: 260 }, (_, index) => create(table.store, aUser(`user.${index}`))));
    const { id } = await create(table.store, aGroup('Large'), users.map(asMember));
    const group = (await table.store.load('Group', id, {}, aCall()))?.resource ?? aGroup('Large');
    await table.store.commit(deletion(group), aCall());
    await table.store.commit({ ...deletion(group), kind: 'restore', stamp: STAMP }, aCall());
    const places: (string | undefined)[] = [];
    for (let looks = 8; looks < 40 && places.at(-1) === undefined; looks += 3) {
      await bringBackFor(table, group.id, looks);
      places.push((await rowUnder(table, 'Restored#Group'))?.['toldUpTo']?.S);
    }
    const before = Number((await rowUnder(table, 'Group#0'))?.['said']?.N);

    await drain(table, { inspects: false });

    const row = await rowUnder(table, 'Group#0');
    const told: { readonly added: readonly string[] } = JSON.parse(row?.['told']?.S ?? '{}');
    const beyond = users.map(({ id }) => id).filter((id) => id > (places.at(-1) ?? '~'));
    expect(beyond.length).toBeGreaterThan(0);
    expect([Number(row?.['said']?.N), told.added.toSorted()]).toEqual([before + 1, beyond.toSorted()]);
    expect(await rowUnder(table, 'Restored#Group')).toBeUndefined();
  });
});
