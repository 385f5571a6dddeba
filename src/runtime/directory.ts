import type { Directory } from '../directory/context.ts';
import { openDirectoryStore } from '../dynamodb/store.ts';
import type { TableServices } from './services.ts';
import { uuidV7 } from './uuid-v7.ts';

/** Puts the directory on the tenant's table. */
export const openDirectory = ({ client, environment, registry, clock, log }: TableServices): Directory => ({
  store: openDirectoryStore({
    client,
    registry,
    tableName: environment.TABLE_NAME,
    onSweepFailure: () => log({ event: 'notice', tenant: environment.TENANT, notice: 'A sweep was left to be done later.' }),
  }),
  newId: () => uuidV7(clock()),
  clock,
});
