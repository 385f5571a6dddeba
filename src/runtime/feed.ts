import { setTimeout as sleep } from 'node:timers/promises';
import type { Feed } from '../directory/feed/read-feed.ts';
import { registryFinder } from '../directory/schemas/registry-cache.ts';
import { openFeedLog } from '../dynamodb/feed/log.ts';
import { openGroupMembers } from '../dynamodb/feed/members.ts';
import { openSchemaStore } from '../dynamodb/schemas.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import { REGISTRY } from '../scim/schema/resource-types.ts';
import type { TableServices } from './services.ts';

type Services = Pick<TableServices, 'client' | 'environment' | 'clock' | 'log'>;

/** Opens, on the tenant's table, what is told to those that follow the directory. */
export function openFeed({ client, environment, clock, log }: Services): Feed {
  const { TABLE_NAME: tableName, TENANT: tenant, EVENT_RETENTION_DAYS: retentionDays, EVENT_VALUES: values } = environment;
  return {
    log: openFeedLog({ client, tableName, tenant, retentionDays }),
    members: openGroupMembers({ client, tableName }),
    // Rows alone are read, and those need no registry.
    resources: openDirectoryStore({ client, tableName, registry: REGISTRY }),
    registryOf: registryFinder({
      schemas: openSchemaStore({ client, tableName }),
      builtIn: REGISTRY,
      now: clock,
      notify: (notice) => log({ event: 'notice', tenant, notice }),
      freshMs: 0,
    }),
    tenant,
    directory: tableName,
    values,
    retentionDays,
    clock,
    sleep: (ms) => sleep(ms),
  };
}
