import type { ApplicationRepository } from '../../src/access/ports.ts';
import type { Backfill } from '../../src/directory/backfill/ports.ts';
import { indexEntries } from '../../src/directory/index-entries.ts';
import type { MappingAdministration } from '../../src/directory/mapping/administer.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';

/** What the acts on mappings need, with these resources in the directory. */
export const aMappingAdministration = (
  applications: ApplicationRepository,
  resources: readonly StoredResource[],
  now: () => number,
  backfills: readonly Backfill[] = [],
): MappingAdministration => ({
  applications,
  backfills: { list: async () => backfills },
  now,
  open: async () => ({
    registry: REGISTRY,
    store: {
      load: async (type, id) => {
        const resource = resources.find((one) => one.type === type && one.id === id);
        return resource && { resource };
      },
      findIds: async (type, index, { attribute, value }) =>
        resources.flatMap((resource) => {
          const entries = REGISTRY.flatMap((known) =>
            known.name === type && type === resource.type ? indexEntries(known, resource)[index] : [],
          );
          return entries.some((entry) => entry.attribute === attribute && entry.value === value) ? [resource.id] : [];
        }),
    },
  }),
});
