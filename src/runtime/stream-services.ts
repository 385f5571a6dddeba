import { openWorkQueue } from '../aws/work-queue.ts';
import type { EventBus, FeedLog, FeedPlace } from '../directory/feed/ports.ts';
import type { Errand, StoreCall, WorkQueue } from '../directory/ports.ts';
import { registryFinder } from '../directory/schemas/registry-cache.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { openFeedLog } from '../dynamodb/feed/log.ts';
import { type Publication, placeOf, publicationIn } from '../dynamodb/feed/publication.ts';
import type { TableRecord } from '../dynamodb/feed/table-record.ts';
import { resourceIn, type Translating, type Translation, translateRecords } from '../dynamodb/feed/translate-records.ts';
import type { Item } from '../dynamodb/item.ts';
import { REAL_PACE } from '../dynamodb/retry.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { errandsIn } from '../dynamodb/sweeping/errands.ts';
import { TableClient } from '../dynamodb/table-client.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import { readEnvironment } from './environment.ts';
import { busCalled } from './event-bus.ts';
import type { Log } from './log.ts';
import { sqsClient } from './service-clients.ts';
import { writeLog } from './write-log.ts';

export type { Publication } from '../dynamodb/feed/publication.ts';
export type { TableRecord } from '../dynamodb/feed/table-record.ts';

/** What the stream function needs, made once per process. */
export type StreamServices = {
  readonly queue: WorkQueue;
  /** Takes what cannot be understood. */
  readonly deadLetters: WorkQueue;
  readonly errandsIn: (images: readonly Item[]) => readonly Errand[];
  readonly translate: (records: readonly TableRecord[], call: StoreCall) => Promise<readonly Translation[]>;
  readonly resourceIn: typeof resourceIn;
  readonly feed: Pick<FeedLog, 'append'>;
  /** Undefined where the tenant has none. */
  readonly bus: EventBus | undefined;
  readonly placeOf: (record: TableRecord) => FeedPlace | undefined;
  readonly publicationIn: (record: TableRecord) => Publication;
  readonly tenant: string;
  readonly clock: () => number;
  readonly log: Log;
};

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function streamServices(): StreamServices {
  const environment = readEnvironment();
  const { TABLE_NAME: tableName, TENANT: tenant, EVENT_BUS_NAME, EVENT_RETENTION_DAYS: retentionDays } = environment;
  const clock = Date.now;
  const log = writeLog((text) => process.stdout.write(text), clock);
  const client = openDynamoDb();
  const schemas = openSchemaStore({ client, tableName });
  const notify = (notice: string): void => log({ event: 'notice', tenant, notice });
  const finders = { schemas, builtIn: REGISTRY, now: clock, notify };
  const [known, fresh] = [registryFinder(finders), registryFinder({ ...finders, freshMs: 0 })];
  const translating: Translating = {
    table: new TableClient(client, tableName, REAL_PACE),
    registryOf: (call, isFresh) => (isFresh ? fresh(call) : known(call)),
    values: environment.EVENT_VALUES,
  };
  const sqs = sqsClient();
  return {
    queue: openWorkQueue({ client: sqs, queueUrl: environment.QUEUE_URL }),
    deadLetters: openWorkQueue({ client: sqs, queueUrl: environment.DEAD_LETTER_QUEUE_URL }),
    errandsIn,
    translate: (records, call) => translateRecords(translating, records, call),
    resourceIn,
    feed: openFeedLog({ client, tableName, tenant, retentionDays }),
    bus: busCalled(EVENT_BUS_NAME),
    placeOf,
    publicationIn: (record) => publicationIn(record, { tenant, values: environment.EVENT_VALUES }),
    tenant,
    clock,
    log,
  };
}
