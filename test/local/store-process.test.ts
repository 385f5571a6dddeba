import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import type { DataFolder } from '../../local/data-folder.ts';
import { findStore } from '../../local/running-stores.ts';
import { storeBinary } from '../../local/store-binary.ts';
import { openStore } from '../../local/store-process.ts';
import { ensureTable, openTable } from '../../local/table.ts';
import { temporaryFolder } from '../support/local-folder.ts';

const dataFolderAt = (path: string): DataFolder => ({
  path,
  pathOf: (file) => join(path, file),
  lock: { describe: async () => {}, release: () => {} },
});

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'LOCAL', secretAccessKey: 'x' } });

/** Returns once it has stopped: the signal alone returns before. */
async function suspend(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const isStopped = (): boolean => /^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  while (!isStopped()) await delay(5);
}

const ITEM = { pk: { S: 'a' }, sk: { S: 'b' } };

describe('embedded store', () => {
  it('keeps its table and data, and leaves no process behind', async () => {
    await using temporary = await temporaryFolder();
    const folder = dataFolderAt(temporary.path);

    const first = await openStore(folder);
    const { tableName } = await openTable(first.endpoint, 'LOCAL');
    await clientOf(first.endpoint).send(new PutItemCommand({ TableName: tableName, Item: ITEM }));
    await first.close();
    const left = await findStore(folder.pathOf('store.db'));
    const second = await openStore(folder);
    const again = await openTable(second.endpoint, 'LOCAL');
    const { Item } = await clientOf(second.endpoint).send(new GetItemCommand({ TableName: tableName, Key: ITEM }));
    await second.close();

    expect(left).toBeUndefined();
    expect(again.tableName).toBe(tableName);
    expect(Item).toEqual(ITEM);
  });

  it('names its table anew in each data folder, so that a place in the log of another one is none here', async () => {
    const names: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      await using temporary = await temporaryFolder();
      const store = await openStore(dataFolderAt(temporary.path));
      names.push((await openTable(store.endpoint, 'LOCAL')).tableName);
      await store.close();
    }

    expect(names).toEqual([expect.stringMatching(/^scim-[\da-f]{8}$/), expect.stringMatching(/^scim-[\da-f]{8}$/)]);
    expect(names[0]).not.toBe(names[1]);
  });

  it('goes on with the table of a data folder from before tables had names of their own', async () => {
    await using temporary = await temporaryFolder();
    const store = await openStore(dataFolderAt(temporary.path));
    await ensureTable(clientOf(store.endpoint), 'scim');

    const { tableName } = await openTable(store.endpoint, 'LOCAL');
    await store.close();

    expect(tableName).toBe('scim');
  });

  it('that was left running is taken over, not started a second time', async () => {
    await using temporary = await temporaryFolder();
    const folder = dataFolderAt(temporary.path);
    const left = await openStore(folder);

    const takenOver = await openStore(folder, { binary: '/no/such/binary' });
    await takenOver.close();

    expect(takenOver.endpoint).toBe(left.endpoint);
    expect(await findStore(folder.pathOf('store.db'))).toBeUndefined();
  });

  it('that was taken over and ends by itself is told of', async () => {
    await using temporary = await temporaryFolder();
    const folder = dataFolderAt(temporary.path);
    await openStore(folder);
    const left = await findStore(folder.pathOf('store.db'));
    const ended = Promise.withResolvers<Error>();
    await openStore(folder, { onEnd: ended.resolve });

    process.kill(left?.pid ?? 0, 'SIGKILL');

    await expect(ended.promise).resolves.toMatchObject({ message: expect.stringContaining('has ended by itself') });
  });

  it('that was left hanging is replaced', async () => {
    await using temporary = await temporaryFolder();
    const folder = dataFolderAt(temporary.path);
    await openStore(folder);
    const hanging = await findStore(folder.pathOf('store.db'));
    await suspend(hanging?.pid ?? 0);

    const store = await openStore(folder);
    const running = await findStore(folder.pathOf('store.db'));
    await store.close();

    expect(running?.pid).not.toBe(hanging?.pid);
    expect(store.endpoint).toBe(`http://127.0.0.1:${running?.port}`);
  });

  it.each(['/no/such/binary', '/bin/false'])('that does not start is a refusal that names its log: %s', async (binary) => {
    await using temporary = await temporaryFolder();

    await expect(openStore(dataFolderAt(temporary.path), { binary })).rejects.toMatchObject({
      name: 'StartRefusal',
      message: expect.stringContaining('store.log'),
    });
  });

  it('that has no binary for the platform is a refusal that names the way out', () => {
    expect(() => storeBinary('plan9-mips')).toThrow(/not installed for plan9-mips[\s\S]*DYNAMODB_ENDPOINT=http/);
  });
});
