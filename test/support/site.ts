import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { uuidV7 } from '../../src/runtime/uuid-v7.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestClient, openTestTable } from './dynamodb-client.ts';
import type { RawItem } from './dynamodb-table.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';

/** Stands between a process and the table: it may send a call, now or later, and it may not. Calls are counted from 1. */
type Around = (call: number, send: () => Promise<unknown>, command: unknown) => Promise<unknown>;

type ProcessOptions = {
  readonly around?: Around;
  /** Its clock shows the time at which it began, plus what has really gone by: it does not notice that others' have gone ahead. */
  readonly isClockBehind?: boolean;
};

/** A process that serves requests: it shares nothing with others but the table. */
export type Process = {
  readonly endpoint: Endpoint;
  /** Its own way to the table. */
  readonly table: Pick<Site, 'client' | 'tableName'>;
  readonly now: () => number;
};

/** A table, the processes on it, and how far their clocks have gone ahead. */
export type Site = {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  laterMs: number;
  readonly begin: (options?: ProcessOptions) => Promise<Process>;
};

const BATCH_LIMIT = 25;

let connected: DynamoDBClient | undefined;

/** One for all: a connection has no part in what is shown here, and takes its time to be made. */
const shared = (): DynamoDBClient => {
  connected ??= openTestClient();
  return connected;
};

/** A fresh table with these items in it, and processes that serve an application of this policy. */
export async function openSite(
  transactionLimit?: number,
  items: readonly RawItem[] = [],
  through = shared(),
  policy: JsonObject = {},
): Promise<Site> {
  const { client, tableName } = await openTestTable(through);
  for (let at = 0; at < items.length; at += BATCH_LIMIT) {
    const requests = items.slice(at, at + BATCH_LIMIT).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
  }
  const site: Site = {
    client,
    tableName,
    laterMs: 0,
    begin: ({ around, isClockBehind = false } = {}) => {
      const now = (): number => Date.now() + (isClockBehind ? 0 : site.laterMs);
      const own = around === undefined ? client : intercepted(client, around);
      const limit = transactionLimit === undefined ? {} : { transactionLimit };
      const store = openDirectoryStore({ client: own, tableName, registry: REGISTRY, now, ...limit });
      const table = { client: own, tableName };
      return openEndpoint({
        policy,
        openStore: async () => ({ store, client, tableName }),
        services: { clock: now },
        newId: idsInTurn(),
      }).then((endpoint) => ({ endpoint, table, now }));
    },
  };
  return site;
}

/** What is kept by the end of an id is kept in the same place each time. */
function idsInTurn(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `${uuidV7(Date.now()).slice(0, -1)}${(made % 16).toString(16)}`;
  };
}

/** The same client with `around` between it and its caller, and the connections it has. */
function intercepted(client: DynamoDBClient, around: Around): DynamoDBClient {
  let calls = 0;
  const send = (...words: readonly unknown[]): Promise<unknown> => {
    calls += 1;
    return around(calls, () => Reflect.apply(client.send, client, words), words[0]);
  };
  return new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) });
}
