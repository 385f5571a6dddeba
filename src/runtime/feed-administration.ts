import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openDeadLetters } from '../aws/dead-letters.ts';
import { openWorkQueue } from '../aws/work-queue.ts';
import type { FeedAdministration } from '../directory/feed/operator/administration.ts';
import { openFeedLog } from '../dynamodb/feed/log.ts';
import type { Environment } from './environment.ts';
import { busCalled } from './event-bus.ts';
import { sqsClient } from './service-clients.ts';

type Table = { readonly client: DynamoDBClient; readonly tableName: string };

/** What acts on the feed of events need; the others have no use for the services it talks to. */
export function feedAdministration(environment: Environment, table: Table, open: FeedAdministration['open']): FeedAdministration {
  const { TENANT, QUEUE_URL, DEAD_LETTER_QUEUE_URL, EVENT_BUS_NAME, EVENT_RETENTION_DAYS, EVENT_VALUES } = environment;
  const client = sqsClient();
  return {
    log: openFeedLog({ ...table, tenant: TENANT, retentionDays: EVENT_RETENTION_DAYS }),
    bus: busCalled(EVENT_BUS_NAME),
    queue: openWorkQueue({ client, queueUrl: QUEUE_URL }),
    deadLetters: openDeadLetters({ client, queueUrl: DEAD_LETTER_QUEUE_URL, workQueueUrl: QUEUE_URL }),
    open,
    settings: { values: EVENT_VALUES, retentionDays: EVENT_RETENTION_DAYS },
    now: Date.now,
    pause: setTimeout,
  };
}
