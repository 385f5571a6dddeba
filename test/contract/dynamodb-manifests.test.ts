import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { conclude } from '../../src/dynamodb/staged/conclude.ts';
import { ManifestGone, readWholeManifest, writeManifest } from '../../src/dynamodb/staged/manifest.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { keysUnder, type RawItem, readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { openTestStore, type TestStore } from '../support/store-open.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';

const DAY_SECONDS = 86_400;
const CHANGE = { groupId: 'g', id: 'c' };

let directory: TestStore;
let table: TableClient;

async function openFor(eventRetentionDays: number): Promise<void> {
  directory = await openTestStore({ eventRetentionDays, transactionLimit: 8 });
  table = new TableClient(directory.client, directory.tableName, REAL_PACE);
}

const isOfManifest = ({ pk }: RawItem): boolean => pk?.S?.includes('#Change#') === true;

const itemsIn = async (): Promise<readonly RawItem[]> => readTable(directory.client, directory.tableName);

/** A group that was just made by a large change, which nobody has tidied up behind yet. */
async function aLargeGroup() {
  const users = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => create(directory.store, aUser(`user.${number}`))));
  const group = await create(directory.store, aGroup('Large'), users.map(asMember));
  const change = (await itemsIn()).find(({ pk }) => pk?.S === 'Change')?.['sk']?.S ?? '';
  const members = async () => (await directory.store.load('Group', group.id, { members: true }, aCall()))?.members?.length;
  return { change, members };
}

/** As TTL does. */
async function deleteManifests(isMeant: (sk: string) => boolean = () => true): Promise<void> {
  for (const { pk, sk } of (await itemsIn()).filter(isOfManifest)) {
    if (pk && sk?.S !== undefined && isMeant(sk.S))
      await directory.client.send(new DeleteItemCommand({ TableName: directory.tableName, Key: { pk, sk } }));
  }
}

const conclusion = (change: string) => conclude({ table, pace: REAL_PACE }, change, aCall());

beforeEach(() => openFor(90));

describe('the manifest of a large change', () => {
  it.each([
    [90, 91],
    [1, 30],
  ])('stays when the change is finished, and ends with the events that can be read for %d days', async (retentionDays, days) => {
    await openFor(retentionDays);
    const nowSeconds = Date.now() / 1_000;
    const { change } = await aLargeGroup();

    await conclusion(change);

    const ends = (await itemsIn()).filter(isOfManifest).map(({ ttl }) => Number(ttl?.N) - nowSeconds - days * DAY_SECONDS);
    expect(ends).toHaveLength(1);
    expect(ends[0]).toBeGreaterThan(0);
    expect(ends[0]).toBeLessThan(300);
    expect(keysUnder(await itemsIn(), 'Change')).toEqual([]);
  });

  it('has to be there for the change to be finished: else its members would be lost with the next one', async () => {
    const { change, members } = await aLargeGroup();
    await deleteManifests();

    await expect(conclusion(change)).rejects.toThrow(ManifestGone);

    expect(await members()).toBe(6);
    expect(keysUnder(await itemsIn(), 'Change')).toHaveLength(1);
  });

  it('need not be there where the group is through with the change, as an earlier version may have left it', async () => {
    const { change, members } = await aLargeGroup();
    const listed = (await itemsIn()).find(({ pk }) => pk?.S === 'Change');
    await conclusion(change);
    await deleteManifests();
    await directory.client.send(new PutItemCommand({ TableName: directory.tableName, Item: { ...listed } }));

    expect(await conclusion(change)).toEqual({ rows: 0 });

    expect(await members()).toBe(6);
    expect(keysUnder(await itemsIn(), 'Change')).toEqual([]);
  });

  it.each(['0000', '0001', '0002'])('has to be there whole: %s is missing', async (missing) => {
    const manifest = { added: Array.from({ length: 1_001 }, (_, index) => `a${index}`), removed: ['r'] };
    await writeManifest(table, CHANGE, manifest, 4_000_000_000, aCall());
    const whole = await readWholeManifest(table, CHANGE, aCall());
    await deleteManifests((sk) => sk === missing);

    expect(whole).toEqual(manifest);
    await expect(readWholeManifest(table, CHANGE, aCall())).rejects.toThrow(ManifestGone);
  });
});
