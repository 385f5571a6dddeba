import type { Directory } from '../directory/context.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import type { Registry } from '../scim/schema/resource-type.ts';
import type { TableServices } from './services.ts';
import { uuidV7 } from './uuid-v7.ts';

/** The directory of the tenant whose resource types these are. */
export type DirectoryOf = (registry: Registry) => Directory;

/** Puts the directory on the tenant's table, once for each state of its resource types. */
export function openDirectory(services: TableServices): DirectoryOf {
  const opened = new WeakMap<Registry, Directory>();
  return (registry) => {
    const known = opened.get(registry) ?? openFor(services, registry);
    opened.set(registry, known);
    return known;
  };
}

const openFor = ({ client, environment, mappingOf, clock }: TableServices, registry: Registry): Directory => ({
  store: openDirectoryStore({
    client,
    registry,
    tableName: environment.TABLE_NAME,
    retentionDays: environment.RETENTION_DAYS,
  }),
  newId: () => uuidV7(clock()),
  mappingOf,
  clock,
});
