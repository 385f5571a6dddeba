import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { FeedEntry, FeedLimit, FeedLog, FeedPlace, FeedRead } from '../../src/directory/feed/ports.ts';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { openTestClient, openTestTable } from './dynamodb-client.ts';
import { readTable } from './dynamodb-table.ts';
import { aCall } from './store-call.ts';

export const START: FeedPlace = { generation: 1, position: 1, index: 0 };

const PLENTY: FeedLimit = { events: 1_000_000, bytes: 1_000_000_000 };

export type TestFeed = { readonly client: DynamoDBClient; readonly tableName: string; readonly log: FeedLog };

type Options = { readonly now?: () => number; readonly retentionDays?: number; readonly client?: DynamoDBClient };

/** A log in a fresh table. */
export async function openTestFeed({ client = openTestClient(), ...options }: Options = {}): Promise<TestFeed> {
  const table = await openTestTable(client);
  return { ...table, log: openFeedLogOn(table, options) };
}

export const openFeedLogOn = (table: Omit<TestFeed, 'log'>, { now = Date.now, retentionDays = 30 }: Options = {}): FeedLog =>
  openFeedLog({ client: table.client, tableName: table.tableName, tenant: 'example', now, retentionDays });

/** That a user was changed for the `version`th time. */
export const anEntry = (version: number, overrides: Partial<FeedEntry> = {}): FeedEntry => ({
  type: 'user.updated',
  application: 'entra',
  resourceType: 'User',
  resourceId: '0197f000-0000-7000-8000-000000000001',
  version,
  part: 0,
  time: '2026-01-02T03:04:05.678Z',
  requestId: 'request-1',
  paths: ['title'],
  active: true,
  ...overrides,
});

/** Reads page after page until nothing is left. */
export async function readToEnd(
  log: FeedLog,
  from: FeedPlace = START,
  limit: FeedLimit = PLENTY,
  call = () => aCall(),
): Promise<Omit<FeedRead, 'events'> & { readonly events: readonly ChangeEvent[] }> {
  const events: ChangeEvent[] = [];
  let [next, hasGap] = [from, false];
  for (;;) {
    const read = await log.read(next, limit, call());
    events.push(...read.events.map(({ event }) => event));
    hasGap ||= read.hasGap;
    next = read.next;
    if (read.isEnd) return { ...read, events, hasGap };
  }
}

export const versionsOf = (events: readonly ChangeEvent[]): readonly number[] => events.map(({ version }) => version);

/** Deletes items of the log, as TTL does: in no order, and without asking. */
export async function expire({ client, tableName }: Omit<TestFeed, 'log'>, isMeant: (sk: string) => boolean = () => true): Promise<void> {
  const items = await readTable(client, tableName);
  for (const { pk, sk } of items) {
    if (pk?.S !== 'Feed' || !sk?.S?.includes('#') || !isMeant(sk.S)) continue;
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk, sk } }));
  }
}
