import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FeedEntry, FeedLimit, FeedLog, FeedPlace, FeedRead, PlacedEvent } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { anyOf, isAbsent, isEqual } from '../condition.ts';
import { number, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { TableClient } from '../table-client.ts';
import { ignoreSuperseded, isSuperseded, Superseded } from '../write.ts';
import { eventsIn } from './expand.ts';
import { itemsOf, toLogItem } from './item.ts';
import { behind, type Position, positionIn } from './place.ts';

export type FeedLogOptions = Partial<Pace> & {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
  readonly tenant: string;
  /** Events can be read for so many days. */
  readonly retentionDays: number;
};

/** Whoever has not written for so long looks where the log ends. */
const REMEMBERED_MS = 3_600_000;
/** Items read at once; one has up to 64 KB. */
const ITEMS_AT_ONCE = 16;
const DAY_SECONDS = 86_400;

type Log = { readonly table: TableClient; readonly pace: Pace; readonly tenant: string; readonly retentionDays: number };

/**
 * Opens the log of events in the tenant's table.
 *
 * Whoever writes puts an item behind the last one, on condition that nobody else has: there are no numbers left out, and
 * nothing ever comes before what has been read.
 */
export function openFeedLog({ client, tableName, tenant, retentionDays, ...given }: FeedLogOptions): FeedLog {
  const pace = { ...REAL_PACE, ...given };
  const log: Log = { table: new TableClient(client, tableName, pace), pace, tenant, retentionDays };
  let last: (Position & { readonly seenMs: number }) | undefined;
  const append = async (events: string, call: StoreCall): Promise<void> => {
    const writeId = randomUUID();
    for (;;) {
      const known = last && pace.now() - last.seenMs < REMEMBERED_MS ? last : await findLast(log, call);
      const next = known === undefined ? await beginGeneration(log, call) : behind(known);
      const isOvertaken = await isSuperseded(log.table.execute(planItem(log, next, events, writeId), call));
      last = isOvertaken ? undefined : { generation: next.generation, position: next.position, seenMs: pace.now() };
      if (!isOvertaken) return;
    }
  };
  return {
    append: async (entries: readonly FeedEntry[], call) => {
      for (const events of itemsOf(entries)) await append(events, call);
    },
    read: (from, limit, call) => read(log, from, limit, call),
    end: async (call) => {
      const found = await findLast(log, call);
      return found === undefined ? { generation: (await generationOf(log, call)) + 1, position: 1, index: 0 } : behind(found);
    },
    since: (time, call) => since(log, time, call),
  };
}

function planItem({ pace, retentionDays }: Log, { generation, position }: Position, events: string, writeId: string) {
  const atMs = pace.now();
  const ttl = Math.ceil(atMs / 1_000) + retentionDays * DAY_SECONDS;
  const attributes = { events, atMs, ttl, writeId };
  return {
    writes: [
      {
        write: { kind: 'put', key: keyOf.events(generation, position), attributes, condition: isAbsent } as const,
        onConditionFailed: () => new Superseded(),
      },
    ],
    writeId,
  };
}

async function findLast({ table }: Log, call: StoreCall): Promise<Position | undefined> {
  const [row] = await table.all({ pk: partitionOf.feed(), backwards: true, limit: 1, only: ['sk'] }, call);
  return row === undefined || text(row, 'sk') === keyOf.generation().sk ? undefined : positionIn(text(row, 'sk'));
}

async function generationOf({ table }: Log, call: StoreCall): Promise<number> {
  const row = await table.get(keyOf.generation(), call);
  return row === undefined ? 0 : number(row, 'generation');
}

/** Nothing is left of the log: whoever stands in it cannot take what comes now for what they have read. */
async function beginGeneration(log: Log, call: StoreCall): Promise<Position> {
  const before = await generationOf(log, call);
  const key = keyOf.generation();
  const condition = anyOf(isAbsent, isEqual('generation', before));
  await ignoreSuperseded(
    log.table.execute(
      {
        writes: [{ write: { kind: 'update', key, set: { generation: before + 1 }, condition }, onConditionFailed: () => new Superseded() }],
      },
      call,
    ),
  );
  return { generation: before + 1, position: 1 };
}

async function read(log: Log, from: FeedPlace, limit: FeedLimit, call: StoreCall): Promise<FeedRead> {
  const beganMs = log.pace.now();
  const events: PlacedEvent[] = [];
  let [place, atMs, bytes, hasGap] = [from, 0, 0, false];
  const range = { pk: partitionOf.feed(), from: keyOf.events(from.generation, from.position).sk, pageSize: ITEMS_AT_ONCE };
  for await (const rows of log.table.pages(range, call)) {
    for (const row of rows) {
      const item = toLogItem(row);
      hasGap ||= isBeyond(item, place);
      atMs = item.atMs;
      const index = item.generation === from.generation && item.position === from.position ? from.index : 0;
      for await (const placed of eventsIn(log, item, index, call)) {
        events.push(placed);
        place = placed.next;
        bytes += Buffer.byteLength(JSON.stringify(placed.event));
        if (events.length >= limit.events || bytes >= limit.bytes) return { events, next: place, isEnd: false, asOfMs: atMs, hasGap };
      }
      place = behind(item);
    }
  }
  return { events, next: place, isEnd: true, asOfMs: beganMs, hasGap };
}

/** Says whether there was something between. */
const isBeyond = ({ generation, position }: Position, expected: FeedPlace): boolean =>
  generation === expected.generation ? position > expected.position : generation > expected.generation + 1 || position > 1;

/** Looks by halves: what has expired is not there any more, and counts as earlier. */
async function since(log: Log, time: Date, call: StoreCall): Promise<FeedPlace> {
  const last = await findLast(log, call);
  if (last === undefined) return { generation: (await generationOf(log, call)) + 1, position: 1, index: 0 };
  const { generation } = last;
  const [first] = await log.table.all({ pk: partitionOf.feed(), from: keyOf.events(generation, 1).sk, limit: 1, only: ['sk'] }, call);
  let low = first === undefined ? last.position : positionIn(text(first, 'sk')).position;
  let high = last.position + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await log.table.get(keyOf.events(generation, middle), call);
    if (row !== undefined && number(row, 'atMs') >= time.getTime()) high = middle;
    else low = middle + 1;
  }
  return { generation, position: low, index: 0 };
}
