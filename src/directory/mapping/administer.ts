import type { ApplicationRepository } from '../../access/ports.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { BackfillStore } from '../backfill/ports.ts';
import type { DirectoryStore, StoreCall } from '../ports.ts';

/** What the acts on mappings need from their surroundings. */
export type MappingAdministration = {
  readonly applications: ApplicationRepository;
  /** Where the rebuilds of profiles stand. */
  readonly backfills: Pick<BackfillStore, 'list'>;
  /** The tenant's resource types as they are now, with a store that knows them. */
  readonly open: (call: StoreCall) => Promise<{ readonly registry: Registry; readonly store: Pick<DirectoryStore, 'findIds' | 'load'> }>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};
