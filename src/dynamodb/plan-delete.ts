import { type Change, StaleRead } from '../directory/ports.ts';
import type { StoredResource } from '../directory/resource.ts';
import { allOf, isEqual } from './condition.ts';
import { countRemoved } from './counts.ts';
import type { Attributes } from './item.ts';
import { keyOf } from './keys.ts';
import { NO_ENTRIES, planEntries } from './plan-entries.ts';
import { planKept } from './plan-kept.ts';
import { resourceRow } from './rows.ts';
import { freeSeats, isSeatAsRead } from './seats/seat.ts';
import type { WritePlan } from './write.ts';

/** What the marks on its members' rows are judged by, now and after a restore; what is only being staged will never hold. */
function keptState({ change = {} }: StoredResource): Attributes {
  const { id, phase, last } = change;
  return { lastChangeId: last, ...(phase === 'committed' && { changeId: id, changePhase: phase }) };
}

/**
 * A resource that goes at once, whatever hangs on it: it is no more, its unique values are free, nothing can be added to
 * it, and readers see by the outbox item that its memberships no longer count.
 */
export function planDelete({ before, entries, keptAs, stamp }: Change & { kind: 'delete' }, tombstoneUntil: number): WritePlan {
  const { type, id, version } = before;
  return {
    writes: [
      {
        write: { kind: 'delete', key: keyOf.resource(type, id), condition: allOf(isEqual('version', version), isSeatAsRead(before)) },
        onConditionFailed: () => new StaleRead(),
      },
      {
        write: {
          kind: 'put',
          key: keyOf.tombstone(type, id),
          attributes: { ...resourceRow(before, stamp), ...keptState(before), ttl: keptAs ? undefined : tombstoneUntil },
        },
      },
      ...(keptAs ?? []).map((entry) => planKept(before, entry)),
      ...planEntries(before, entries, NO_ENTRIES),
      { write: { kind: 'delete', key: keyOf.alive(id) } },
      countRemoved(type, id, { freed: -freeSeats(before) }),
      { write: { kind: 'put', key: keyOf.outbox(type, id), attributes: { kind: 'removed', removedVersion: version } } },
    ],
  };
}
