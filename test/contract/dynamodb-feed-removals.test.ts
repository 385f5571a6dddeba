import { describe, expect, it, jest } from '@jest/globals';
import { eventOf } from '../../src/dynamodb/feed/expand.ts';
import { translateRecords } from '../../src/dynamodb/feed/translate-records.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { openTransferStore } from '../../src/dynamodb/transfer/store.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { aCall, STAMP } from '../support/store-call.ts';
import { aUser, create, deletion } from '../support/store-resources.ts';
import { openTableStream } from '../support/table-stream.ts';
import { faultsOf } from '../support/valid-event.ts';

jest.setTimeout(60_000);

async function openDirectory() {
  const { client, tableName } = await openTestTable();
  const readOn = await openTableStream({ client, tableName });
  const table = new TableClient(client, tableName, REAL_PACE);
  const terms = { table, registryOf: async () => REGISTRY, values: 'none' as const };
  const told = async () => {
    const translated = await translateRecords(terms, await readOn(), aCall());
    return translated.flatMap((one) => (one.kind === 'entries' ? one.entries : []));
  };
  const options = { client, tableName, registry: REGISTRY };
  return { store: openDirectoryStore(options), transfer: openTransferStore(options), told };
}

describe('who removed a resource', () => {
  it('is told of each removal, however often it was restored before anybody read the stream', async () => {
    const { store, told } = await openDirectory();
    let user = await create(store, aUser('ada'));
    for (const requestId of ['first', 'second', 'third']) {
      const { kind: _, ...removal } = { ...deletion(user), stamp: { ...STAMP, requestId } };
      await store.commit({ kind: 'delete', ...removal }, aCall());
      if (requestId !== 'third') user = (await store.commit({ kind: 'restore', ...removal, stamp: STAMP }, aCall())) ?? user;
    }

    const entries = await told();

    expect(entries.map(({ type, version }) => [type, version])).toEqual([
      ['user.created', 1],
      ['user.removed', 2],
      ['user.restored', 3],
      ['user.removed', 4],
      ['user.restored', 5],
      ['user.removed', 6],
    ]);
    const removals = entries.filter(({ type }) => type === 'user.removed');
    expect(removals.map(({ requestId, time }) => [requestId, time])).toEqual(['first', 'second', 'third'].map((id) => [id, STAMP.at]));
    expect(entries.map((entry) => eventOf('example', entry)).flatMap(faultsOf)).toEqual([]);
  });

  it('is told where an import has taken its place', async () => {
    const { store, transfer, told } = await openDirectory();
    const user = await create(store, aUser('ada'));
    await store.commit(deletion(user), aCall());
    const { removal: _, ...found } = (await transfer.look('User', [user.id], aCall())).get(user.id) ?? {};
    const arrival = { resource: { ...user, version: 3 }, entries: deletion(user).entries, stamp: { ...STAMP, requestId: 'import' } };

    await transfer.bring([{ ...arrival, found }], aCall());

    expect((await told()).map(({ type, requestId }) => [type, requestId])).toEqual([
      ['user.created', STAMP.requestId],
      ['user.removed', STAMP.requestId],
      ['user.created', 'import'],
    ]);
  });
});
