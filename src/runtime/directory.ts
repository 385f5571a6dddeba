import type { Brake } from '../directory/brake/braked-store.ts';
import type { Directory, RequestContext } from '../directory/context.ts';
import { governed } from '../directory/governed.ts';
import { openRemovalBrakes } from '../dynamodb/brakes.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import type { TableServices } from './services.ts';
import { uuidV7 } from './uuid-v7.ts';

/** The directory of the tenant whose resource types these are, as a request may use it. */
export type DirectoryOf = (registry: Registry, context: RequestContext) => Directory;

/** Puts the directory on the tenant's table, once for each state of its resource types. */
export function openDirectory(services: TableServices): DirectoryOf {
  const opened = new WeakMap<Registry, Directory>();
  const brake = brakeOf(services);
  return (registry, context) => {
    const known = opened.get(registry) ?? openFor(services, registry);
    opened.set(registry, known);
    return governed(known, { registry, brake, context });
  };
}

export const brakeOf = ({
  client,
  environment: { TABLE_NAME, TENANT },
  log,
}: Pick<TableServices, 'client' | 'environment' | 'log'>): Brake => ({
  brakes: openRemovalBrakes({ client, tableName: TABLE_NAME }),
  announce: (trip) => log({ event: 'brake', tenant: TENANT, ...trip }),
});

const openFor = ({ client, environment, mappingOf, clock }: TableServices, registry: Registry): Directory => ({
  store: openDirectoryStore({
    client,
    registry,
    tableName: environment.TABLE_NAME,
    retentionDays: environment.RETENTION_DAYS,
    eventRetentionDays: environment.EVENT_RETENTION_DAYS,
  }),
  newId: () => uuidV7(clock()),
  mappingOf,
  clock,
});
