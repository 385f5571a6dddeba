import { matchingAttributes } from '../../scim/matching/matching-attributes.ts';
import { buildRegistry } from '../../scim/schema/custom/build-registry.ts';
import type { Customization, MatchingUse } from '../../scim/schema/custom/customization.ts';
import type { BackfillTask } from '../backfill/perform-backfill.ts';
import type { Backfill, Renewal } from '../backfill/ports.ts';
import { indexEntries, matchingEntries } from '../index-entries.ts';
import type { StoreCall } from '../ports.ts';
import type { IndexEntry, StoredResource } from '../resource.ts';
import { readCurrent } from '../schemas/administer.ts';
import { type MatchingAdministration, nameOf, withUse } from './administer.ts';
import { changeMatching, type Decided } from './change-matching.ts';

type Surroundings = Omit<MatchingAdministration, 'backfills'>;

/** What a backfill of this name is to do for the matching attribute it belongs to, as that stands now. */
export async function matchingTask(surroundings: Surroundings, backfill: Backfill, call: StoreCall): Promise<BackfillTask | undefined> {
  const { customization } = await readCurrent(surroundings, call);
  const use = useOf(customization, backfill);
  switch (use?.state) {
    case undefined:
      return undefined;
    case 'filling':
    case 'ready':
      return filling(surroundings, customization, use);
    case 'leaving':
      return leaving(surroundings);
    case 'removing':
      return removing(surroundings, customization, use);
  }
}

const useOf = ({ matching }: Customization, { name, revision }: Backfill): MatchingUse | undefined =>
  matching.find((use) => nameOf(use) === name && use.revision === revision);

/** Where some resource stands in the way, the keys are not complete, and filters go on without them. */
function filling(surroundings: Surroundings, customization: Customization, use: MatchingUse): BackfillTask {
  const { type, own } = keysOf(surroundings, customization, use);
  return {
    renew: (resource) => {
      const wanted = type === undefined ? NO_ENTRIES : indexEntries(type, resource);
      const others = wanted.lookup.filter(({ attribute, application }) => application !== undefined || attribute !== use.path);
      return {
        ...unchanged(resource),
        entriesBefore: { ...wanted, lookup: [...others] },
        entriesAfter: { ...wanted, lookup: [...others, ...own(resource)] },
      };
    },
    conclude: async (backfill, call) => {
      const toReady = (current: MatchingUse): MatchingUse => ({ ...current, state: 'ready' });
      if (backfill.stuck === 0) await changeMatching(surroundings, inState(backfill, 'filling', toReady), call);
      return 'keep';
    },
  };
}

/** Every function has heard that filters no longer rely on the keys: now writers may let go of them. */
const leaving = (surroundings: Surroundings): BackfillTask => ({
  conclude: async (backfill, call) => {
    const revision = surroundings.newRevision();
    const decide = (current: Customization): Decided | undefined => {
      const use = useOf(current, backfill);
      if (use?.state !== 'leaving') return undefined;
      const next: MatchingUse = { ...use, state: 'removing', revision };
      return { customization: withUse(current, next), begins: next };
    };
    await changeMatching(surroundings, decide, call);
    return 'forget';
  },
});

function removing(surroundings: Surroundings, customization: Customization, use: MatchingUse): BackfillTask {
  const { own } = keysOf(surroundings, customization, use);
  return {
    renew: (resource) => ({ ...unchanged(resource), entriesBefore: { unique: [], lookup: own(resource) }, entriesAfter: NO_ENTRIES }),
    conclude: async (backfill, call) => {
      const decide = (current: Customization): Decided | undefined => {
        const known = useOf(current, backfill);
        return known && { customization: { ...current, matching: current.matching.filter((each) => each !== known) } };
      };
      await changeMatching(surroundings, decide, call);
      return 'forget';
    },
  };
}

const NO_ENTRIES = { unique: [], lookup: [] };

const unchanged = (resource: StoredResource): Pick<Renewal, 'before' | 'after'> => ({ before: resource, after: resource });

/** The keys of the attribute's own values; none where there is no such attribute any more. */
function keysOf({ builtIn }: Surroundings, customization: Customization, use: MatchingUse) {
  const type = buildRegistry(builtIn, customization).find(({ name }) => name === use.type);
  const matching = type && matchingAttributes(type).find(({ name }) => name === use.path);
  const own = (resource: StoredResource): readonly IndexEntry[] => (matching ? matchingEntries(matching, resource) : []);
  return { type, own };
}

const inState =
  (backfill: Backfill, state: MatchingUse['state'], next: (use: MatchingUse) => MatchingUse) =>
  (current: Customization): Decided | undefined => {
    const use = useOf(current, backfill);
    return use?.state === state ? { customization: withUse(current, next(use)) } : undefined;
  };
