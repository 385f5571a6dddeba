import { randomUUID } from 'node:crypto';
import type { ExpiryWarning } from '../access/expiry-warnings.ts';
import type { CredentialSource } from '../access/ports.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import { openWorkQueue, parseWork } from '../aws/work-queue.ts';
import { profileRebuild } from '../directory/mapping/rebuild-profiles.ts';
import { matchingTask } from '../directory/matching/matching-task.ts';
import type { StoreCall, Sweeper, Work, WorkQueue } from '../directory/ports.ts';
import { registryFinder } from '../directory/schemas/registry-cache.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { claimWarning } from '../dynamodb/expiry-warnings.ts';
import { openFeedLog } from '../dynamodb/feed/log.ts';
import { REAL_PACE } from '../dynamodb/retry.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { openSweeper } from '../dynamodb/sweeping/sweeper.ts';
import { TableClient } from '../dynamodb/table-client.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import { type BackfillTasks, backfillPerformer } from './backfill.ts';
import { readEnvironment } from './environment.ts';
import { busCalled } from './event-bus.ts';
import { performFeedWork } from './feed-work.ts';
import type { Log } from './log.ts';
import { sqsClient, streamsClient } from './service-clients.ts';
import { writeLog } from './write-log.ts';

/** What the sweeper function needs, made once per process. */
export type WorkerServices = {
  readonly queue: WorkQueue;
  readonly parseWork: (message: string) => Work;
  /** For the tenant's resource types as they are now. */
  readonly sweeperOf: (call: StoreCall) => Promise<Sweeper>;
  readonly credentials: CredentialSource;
  /** Says whether nobody was warned yet; whoever hears so has to. */
  readonly claimWarning: (warning: ExpiryWarning, call: StoreCall) => Promise<boolean>;
  readonly tenant: string;
  readonly clock: () => number;
  readonly log: Log;
};

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function workerServices(): WorkerServices {
  const environment = readEnvironment();
  const { TABLE_NAME: tableName, QUEUE_URL, SECRET_ID: secretId, TENANT: tenant, EVENT_RETENTION_DAYS: retentionDays } = environment;
  const clock = Date.now;
  const log = writeLog((text) => process.stdout.write(text), clock);
  const client = openDynamoDb();
  const table = new TableClient(client, tableName, REAL_PACE);
  const notify = (notice: string): void => log({ event: 'notice', tenant, notice });
  const schemas = openSchemaStore({ client, tableName });
  const registryOf = registryFinder({ schemas, builtIn: REGISTRY, now: clock, notify });
  const matching = { schemas, builtIn: REGISTRY, now: clock, newRevision: randomUUID };
  const applications = openApplicationRepository({ client, tableName });
  const feed = openFeedLog({ client, tableName, tenant, retentionDays });
  const telling = {
    table,
    feed,
    values: environment.EVENT_VALUES,
    pace: REAL_PACE,
    bus: busCalled(environment.EVENT_BUS_NAME),
    streams: streamsClient(),
  };
  const tasksFor = (registry: Registry): BackfillTasks => ({
    mapping: profileRebuild({ applications, registry }),
    matching: (backfill, call) => matchingTask(matching, backfill, call),
  });
  return {
    queue: openQueue(QUEUE_URL),
    parseWork,
    credentials: new SecretCredentialStore({ client: secretsClient(), secretId }),
    claimWarning: (warning, call) => claimWarning(table, warning, call),
    sweeperOf: async (call) => {
      const opened = { client, tableName, registry: await registryOf(call) };
      return openSweeper({
        ...opened,
        backfill: backfillPerformer(tasksFor(opened.registry), { ...opened, now: clock }),
        tell: (work, ofCall) => performFeedWork({ ...telling, registry: opened.registry }, work, ofCall),
      });
    },
    tenant,
    clock,
    log,
  };
}

const openQueue = (queueUrl: string): WorkQueue => openWorkQueue({ client: sqsClient(), queueUrl });
