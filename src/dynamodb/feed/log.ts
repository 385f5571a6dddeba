import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FeedEntry } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { TableClient } from '../table-client.ts';
import { isSuperseded, type PlannedWrite } from '../write.ts';
import { itemsOf } from './item.ts';
import { findLast } from './last.ts';
import { beginningOf, type Last } from './place.ts';
import { isTrusted, planBehind } from './plan-behind.ts';
import { read, since } from './read.ts';
import type { GuardedLog } from './telling.ts';

export type FeedLogOptions = Partial<Pace> & {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly tenant: string;
  /** Events can be read for so many days. */
  readonly retentionDays: number;
};

/**
 * Opens the log of events in the tenant's table.
 *
 * Whoever writes puts an item behind the last one, on condition that nobody else has: there are no numbers left out, and
 * nothing ever comes before what has been read. Those who write by the same log do so one after the other.
 */
export function openFeedLog({ client, tableName, tenant, retentionDays, ...given }: FeedLogOptions): GuardedLog {
  const pace = { ...REAL_PACE, ...given };
  const table = new TableClient(client, tableName, pace);
  const reading = { table, tenant, now: pace.now, retentionDays };
  let remembered: Last | undefined;
  let turns: Promise<unknown> = Promise.resolve();
  const append = async (events: string, call: StoreCall, together: readonly PlannedWrite[] = []): Promise<void> => {
    const writeId = randomUUID();
    for (;;) {
      const nowMs = pace.now();
      const last = remembered && isTrusted(remembered, nowMs) ? remembered : await findLast(table, nowMs, call);
      const { plan, item } = planBehind(last, { events, writeId }, { nowMs, retentionDays });
      const isOvertaken = await isSuperseded(table.execute({ ...plan, writes: [...together, ...plan.writes] }, call));
      remembered = isOvertaken ? undefined : item;
      if (!isOvertaken) return;
    }
  };
  const appendAll = async (entries: readonly FeedEntry[], call: StoreCall): Promise<void> => {
    for (const events of itemsOf(entries)) await append(events, call);
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = turns.then(work);
    turns = turn.catch(() => undefined);
    return turn;
  };
  return {
    append: (entries, call) => inTurn(() => appendAll(entries, call)),
    appendWith: (entries, together, call) => inTurn(() => append(oneItemOf(entries), call, together)),
    read: (from, limit, call) => read(reading, from, limit, call),
    end: async (call) => beginningOf(await findLast(table, pace.now(), call)),
    since: (time, call) => since(reading, time, call),
  };
}

function oneItemOf(entries: readonly FeedEntry[]): string {
  const [item, ...others] = itemsOf(entries);
  if (item === undefined || others.length > 0) throw new TypeError('what is written together with something else is one item of the log');
  return item;
}
