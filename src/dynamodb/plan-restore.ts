import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { ScimError } from '../scim/errors.ts';
import { isAbsent, isEqual } from './condition.ts';
import { countInserted } from './counts.ts';
import type { Attributes } from './item.ts';
import { keyOf } from './keys.ts';
import type { MembershipTypes } from './membership-types.ts';
import { NO_ENTRIES, planEntries } from './plan-entries.ts';
import { planKeptNoMore } from './plan-kept.ts';
import { announceRename } from './plan-update.ts';
import { resourceRow } from './rows.ts';
import { freeSeats, type SeatClaim, seated } from './seats/seat.ts';
import type { PlannedWrite, WritePlan } from './write.ts';

/**
 * A removed resource that is there again, under its id and all values it was found by. Memberships that were not yet swept
 * count again at once, since nothing announces the removal any more; the others are announced to be brought back.
 */
export function planRestore(
  { before, after = before, entries, keptAs = [], stamp }: Change & { kind: 'restore' },
  types: MembershipTypes,
  claim?: SeatClaim,
): { readonly plan: WritePlan; readonly committed: StoredResource } {
  const { type, id, version } = before;
  const committed: StoredResource = { ...seated(after), version: version + 2, lastModified: stamp.at };
  const stale = () => new StaleRead();
  return {
    committed,
    plan: {
      writes: [
        { write: { kind: 'delete', key: keyOf.tombstone(type, id), condition: isEqual('version', version) }, onConditionFailed: stale },
        {
          write: {
            kind: 'put',
            key: keyOf.resource(type, id),
            attributes: { ...resourceRow(committed, { ...stamp, act: 'restored' }), ...(types.isGroup(type) && stateOf(before)) },
            condition: isAbsent,
          },
          onConditionFailed: stale,
        },
        ...planEntries(before, NO_ENTRIES, entries),
        ...keptAs.map((entry) => planKeptNoMore(before, entry)),
        { write: { kind: 'put', key: keyOf.alive(id), attributes: { type }, condition: isAbsent }, onConditionFailed: inUse(type, id) },
        countInserted(type, id, 1, { freed: freeSeats(committed), condition: claim?.condition }),
        ...(claim?.writes ?? []),
        inPlaceOfRemoval(committed, types),
        { write: { kind: 'put', key: keyOf.restored(type, id), attributes: { restoredVersion: committed.version } } },
      ],
    },
  };
}

/** An import may have brought in a resource of another type under the same id. */
const inUse = (type: string, id: string) => () =>
  new ScimError('uniqueness', `The id ${id} of the removed ${type} is that of another resource by now.`);

/** The announcement of the removal has taken the place of a rename's, which may not have reached every row that was not swept. */
function inPlaceOfRemoval(restored: StoredResource, types: MembershipTypes): PlannedWrite {
  const { type, id, nameVersion = 1 } = restored;
  const display = types.nameOf(restored);
  return nameVersion === 1 || display === undefined
    ? { write: { kind: 'delete', key: keyOf.outbox(type, id) } }
    : announceRename(restored, display, nameVersion);
}

const stateOf = ({ change: { id, phase, last } = {} }: StoredResource): Attributes => ({
  changeId: id,
  changePhase: phase,
  lastChangeId: last,
});
