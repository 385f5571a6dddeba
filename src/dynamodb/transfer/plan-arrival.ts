import { StaleRead } from '../../directory/ports.ts';
import type { Arrival } from '../../directory/transfer/ports.ts';
import { anyOf, isAbsent, isBelow } from '../condition.ts';
import { countCreated } from '../counts.ts';
import { keyOf } from '../keys.ts';
import { NO_ENTRIES, planEntries } from '../plan-entries.ts';
import { resourceRow } from '../rows.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';

const stale = () => new StaleRead();

/**
 * As the creation of a resource, but that its id is not new: it may be in use, by another type as well, and what its removal
 * has left in the outbox would hide it from readers of memberships.
 */
export function planArrival({ resource, entries, stamp, found }: Arrival, nowMs: number): WritePlan {
  const { type, id } = resource;
  return {
    writes: [
      {
        write: { kind: 'put', key: keyOf.resource(type, id), attributes: resourceRow(resource, stamp), condition: isAbsent },
        onConditionFailed: stale,
      },
      ...planEntries(resource, NO_ENTRIES, entries),
      { write: { kind: 'put', key: keyOf.alive(id), attributes: { type }, condition: isAbsent }, onConditionFailed: stale },
      countCreated(type, id),
      ...(found.removal === undefined ? [] : [forgetRemoval(type, id, nowMs)]),
    ],
  };
}

const forgetRemoval = (type: string, id: string, nowMs: number): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.outbox(type, id), condition: anyOf(isAbsent, isBelow('ttl', Math.floor(nowMs / 1_000))) },
  onConditionFailed: stale,
});
