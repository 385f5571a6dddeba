import type { Registry } from '../../scim/schema/resource-type.ts';
import type { FindMapping } from '../mapping/profile.ts';
import type { SchemaAdministration } from '../schemas/administer.ts';
import type { TransferStore } from './ports.ts';

/** What exports and imports need from their surroundings. */
export type Transfer = SchemaAdministration & {
  /** The directory, with the resource types it has at the moment. */
  readonly storeOf: (registry: Registry) => TransferStore;
  readonly mappingOf: FindMapping;
};
