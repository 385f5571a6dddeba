import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseAdminRequest, type RequestOf } from '../../src/access/admin-request.ts';
import { SETTLE_MS } from '../../src/directory/backfill/perform-backfill.ts';
import { addMatching } from '../../src/directory/matching/add-matching.ts';
import { listMatching } from '../../src/directory/matching/list-matching.ts';
import { matchingTask } from '../../src/directory/matching/matching-task.ts';
import { removeMatching } from '../../src/directory/matching/remove-matching.ts';
import { registryFinder } from '../../src/directory/schemas/registry-cache.ts';
import { openBackfillStore } from '../../src/dynamodb/backfill/store.ts';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { backfillPerformer } from '../../src/runtime/backfill.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestTable } from './dynamodb-client.ts';
import { readTable } from './dynamodb-table.ts';
import { openEndpoint } from './endpoint.ts';
import { aCall } from './store-call.ts';

type Act = 'matching.add' | 'matching.remove' | 'matching.list';

const request = <Name extends Act>(act: Name, asked: object): RequestOf<Name> =>
  parseAdminRequest({ act, by: 'ada', ...asked }) as RequestOf<Name>;

/** A tenant's table with functions that remember their settings for 30 s, by a clock that is moved by hand. */
export async function openMatchingSite({ builtIn = REGISTRY }: { readonly builtIn?: Registry } = {}) {
  const { client, tableName } = await openTestTable();
  const clock = { nowMs: Date.now() };
  const now = () => clock.nowMs;
  const schemas = openSchemaStore({ client, tableName });
  const administration = { schemas, builtIn, now, newRevision: randomUUID, backfills: openBackfillStore({ client, tableName }) };

  /** Another function, which reads the settings when it is first asked. */
  const openFunction = () =>
    openEndpoint({
      openStore: async () => ({ store: openDirectoryStore({ client, tableName, registry: builtIn }), client, tableName }),
      services: { registryOf: registryFinder({ schemas, builtIn, now, notify: () => undefined }) },
    });

  /** A worker, which may have a connection of its own. */
  const openWorker = (connection: DynamoDBClient = client) => {
    const own = { ...administration, schemas: openSchemaStore({ client: connection, tableName }) };
    return backfillPerformer(
      { matching: (backfill, call) => matchingTask(own, backfill, call) },
      { client: connection, tableName, registry: builtIn, now },
    );
  };

  const pending = async () => (await administration.backfills.list(aCall())).filter(({ finishedAt }) => finishedAt === undefined);

  return {
    client,
    tableName,
    clock,
    openFunction,
    openWorker,
    pending,
    add: (attribute: string, type = 'User') => addMatching(administration, request('matching.add', { attribute, type }), aCall()),
    remove: (attribute: string, type = 'User') => removeMatching(administration, request('matching.remove', { attribute, type }), aCall()),
    list: async (type?: string) => (await listMatching(administration, request('matching.list', { type }), aCall())).result.attributes,
    /** Lets time pass and the worker work until nothing is left to be done. */
    settle: async (worker = openWorker()) => {
      for (let rounds = 0; rounds < 20; rounds += 1) {
        const left = await pending();
        if (left.length === 0) return;
        for (const { name } of left) await worker(name, aCall({ deadlineMs: clock.nowMs + 60_000 }));
        clock.nowMs += SETTLE_MS;
      }
      throw new Error('the worker never came to an end');
    },
    /** What leads to users by one attribute: `<value> <id>`. */
    keys: async (attribute: string): Promise<readonly string[]> => {
      const prefix = `Lookup#User#${attribute}#`;
      const rows = await readTable(client, tableName);
      return rows.flatMap(({ pk, sk }) => (pk?.S?.startsWith(prefix) ? [`${pk.S.slice(prefix.length)} ${sk?.S}`] : [])).sort();
    },
  };
}

export type MatchingSite = Awaited<ReturnType<typeof openMatchingSite>>;
