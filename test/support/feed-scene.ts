import { takeBatch } from '../../lambdas/stream/take-batch.ts';
import { noUsage } from '../../src/access/no-usage.ts';
import type { ChangeEvent } from '../../src/directory/feed/change-event.ts';
import type { EventBus, FeedLog } from '../../src/directory/feed/ports.ts';
import type { EventValues } from '../../src/directory/feed/state.ts';
import type { Errand, FeedWork, Usage, WorkQueue } from '../../src/directory/ports.ts';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { placeOf, publicationIn } from '../../src/dynamodb/feed/publication.ts';
import { resourceIn, translateRecords } from '../../src/dynamodb/feed/translate-records.ts';
import { REAL_PACE } from '../../src/dynamodb/retry.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { errandsIn } from '../../src/dynamodb/sweeping/errands.ts';
import { isFeedWork } from '../../src/dynamodb/sweeping/sweeper.ts';
import { TableClient } from '../../src/dynamodb/table-client.ts';
import { performFeedWork } from '../../src/runtime/feed-work.ts';
import type { LogLine } from '../../src/runtime/log.ts';
import type { StreamServices, TableRecord } from '../../src/runtime/stream-services.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openTestStreams, openTestTable } from './dynamodb-client.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { readToEnd } from './feed.ts';
import { aCall } from './store-call.ts';
import type { TestStore } from './store-open.ts';
import { openTableStream, type ReadOn } from './table-stream.ts';

type Options = {
  readonly values?: EventValues;
  /** Fills the table before it has a stream: the embedded store writes many times slower with one. */
  readonly fill?: (table: Pick<TestStore, 'client' | 'tableName'>) => Promise<void>;
};

/** A directory behind its handlers, with the stream of its table, and what the stream function makes of it. */
export type FeedScene = {
  readonly endpoint: Endpoint;
  readonly feed: FeedLog;
  /** What was put into the queue for the worker, and aside. */
  readonly queued: Errand[];
  readonly deadLetters: Errand[];
  readonly published: ChangeEvent[];
  readonly lines: LogLine[];
  /** What the function and the worker have taken of the table. */
  readonly usage: Usage;
  /** Takes what the stream has, in batches as large as Lambda's, by one process of the function after the other. */
  readonly deliver: (around?: Around) => Promise<void>;
  /** Does what is queued for the worker and is about the feed, and whatever comes of it. */
  readonly work: () => Promise<void>;
  readonly perform: (work: FeedWork) => Promise<void>;
  readonly told: () => Promise<readonly ChangeEvent[]>;
};

/** May change what a process of the function is given, or end it: what it was in the middle of does not go on. */
export type Around = (services: StreamServices, end: () => Promise<never>) => StreamServices;

const BATCH = 100;
const MOST_BATCHES = 2_000;

export async function openFeedScene({ values = 'none', fill }: Options = {}): Promise<FeedScene> {
  const { client, tableName } = await openTestTable();
  await fill?.({ client, tableName });
  const readOn = await openTableStream({ client, tableName });
  const store = openDirectoryStore({ client, tableName, registry: REGISTRY });
  const endpoint = await openEndpoint({ openStore: async () => ({ client, tableName, store }) });
  const [queued, deadLetters, published, lines]: [Errand[], Errand[], ChangeEvent[], LogLine[]] = [[], [], [], []];
  const queueOf = (errands: Errand[]): WorkQueue => ({ send: async (more) => void errands.push(...more) });
  const bus: EventBus = { publish: async (events) => void published.push(...events) };
  const usage = noUsage();
  const table = new TableClient(client, tableName, REAL_PACE);
  const feed = openFeedLog({ client, tableName, tenant: 'acme', retentionDays: 30 });
  const services: StreamServices = {
    queue: queueOf(queued),
    deadLetters: queueOf(deadLetters),
    errandsIn,
    translate: (records, call) => translateRecords({ table, values, registryOf: async () => REGISTRY }, records, call),
    resourceIn,
    feed,
    bus,
    placeOf,
    publicationIn: (record) => publicationIn(record, { tenant: 'acme', values }),
    tenant: 'acme',
    clock: Date.now,
    log: (line) => lines.push(line),
  };
  const perform = async (work: FeedWork): Promise<void> => {
    const telling = { table, feed, values, pace: REAL_PACE, registry: REGISTRY, bus, streams: openTestStreams() };
    queued.push(...(await performFeedWork(telling, work, aCall({ deadlineMs: Date.now() + 60_000, usage }))).left);
  };
  return {
    endpoint,
    feed,
    queued,
    deadLetters,
    published,
    lines,
    usage,
    deliver: (around = (given) => given) => deliverAll(readOn, (end) => around(services, end), usage),
    work: async () => {
      for (let errand = takeFeedWork(queued); errand !== undefined; errand = takeFeedWork(queued)) await perform(errand);
    },
    perform,
    told: async () => (await readToEnd(feed)).events,
  };
}

/** Goes on from the record that an answer names, as Lambda does; a process that ends has the whole batch come again. */
async function deliverAll(readOn: ReadOn, begin: (end: () => Promise<never>) => StreamServices, usage: Usage): Promise<void> {
  let waiting: readonly TableRecord[] = [];
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    if (waiting.length === 0) waiting = await readOn();
    if (waiting.length === 0) return;
    const Records = waiting.slice(0, BATCH);
    const ended = Promise.withResolvers<undefined>();
    const services = begin(() => {
      ended.resolve(undefined);
      return new Promise<never>(() => {});
    });
    const answer = await Promise.race([takeBatch(services, { Records }, aCall({ usage })), ended.promise]);
    if (answer === undefined) continue;
    const failed = answer.batchItemFailures[0]?.itemIdentifier;
    const at = failed === undefined ? Records.length : Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed);
    waiting = waiting.slice(Math.max(at, 0));
  }
  throw new Error('the stream comes to no end');
}

function takeFeedWork(queued: Errand[]): FeedWork | undefined {
  const at = queued.findIndex(({ work }) => isFeedWork(work));
  const [errand] = at < 0 ? [] : queued.splice(at, 1);
  return errand !== undefined && isFeedWork(errand.work) ? errand.work : undefined;
}
