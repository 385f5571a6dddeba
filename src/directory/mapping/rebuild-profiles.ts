import { rebuildNamed, revisionOf } from '../../access/mapping-rebuilds.ts';
import type { ApplicationRepository } from '../../access/ports.ts';
import { entriesFor } from '../../scim/mapping/profile.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { Backfilling } from '../backfill/perform-backfill.ts';
import type { Renewal } from '../backfill/ports.ts';
import type { StoredResource } from '../resource.ts';
import { makeProfile } from './profile.ts';

type Options = { readonly applications: Pick<ApplicationRepository, 'find'>; readonly registry: Registry };

/**
 * Makes the profiles anew of what an application has created, by the mapping it has now. A rebuild for another mapping than
 * that is no longer wanted: the change that came after it has announced its own.
 */
export const profileRebuild =
  ({ applications, registry }: Options): Backfilling['taskOf'] =>
  async ({ name, revision }, call) => {
    const named = rebuildNamed(name);
    const type = registry.find((each) => each.name === named?.type);
    if (named === undefined || type === undefined) return undefined;
    const application = await applications.find(named.application, call);
    const mapping = application?.mapping;
    if (revisionOf(entriesFor(mapping, type)) !== revision) return undefined;
    return {
      renew: (resource) => {
        if (resource.createdBy !== named.application) return untouched(resource);
        const { profile: _former, ...plain } = resource;
        const profile = makeProfile(type, mapping, plain);
        return { ...untouched(resource), after: { ...plain, ...(profile && { profile }) } };
      },
      conclude: async () => (application === undefined ? 'forget' : 'keep'),
    };
  };

const NO_ENTRIES = { unique: [], lookup: [] };

const untouched = (resource: StoredResource): Renewal => ({
  before: resource,
  after: resource,
  entriesBefore: NO_ENTRIES,
  entriesAfter: NO_ENTRIES,
});
