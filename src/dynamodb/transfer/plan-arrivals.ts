import { StaleRead } from '../../directory/ports.ts';
import type { Arrival } from '../../directory/transfer/ports.ts';
import { anyOf, isAbsent, isBelow, isEqual } from '../condition.ts';
import { countInserted } from '../counts.ts';
import { keyOf } from '../keys.ts';
import { planPastRemoval } from '../past-removal.ts';
import { NO_ENTRIES, planEntries } from '../plan-entries.ts';
import { resourceRow } from '../rows.ts';
import { freeSeats, seated } from '../seats/seat.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';

const stale = () => new StaleRead();

/**
 * As the creation of resources, but that their ids are not new: they may be in use, by another type as well, and what a
 * removal has left in the outbox would hide them from readers of memberships.
 *
 * @throws {StaleRead} — two of them want the same key: one by one, the second finds it taken
 */
export function planArrivals(arrivals: readonly Arrival[], nowMs: number): WritePlan {
  const [first] = arrivals;
  if (first === undefined) return { writes: [] };
  const { type, id } = first.resource;
  const freed = arrivals.reduce((sum, { resource }) => sum + freeSeats(seated(resource)), 0);
  const writes = [...arrivals.flatMap((arrival) => planArrival(arrival, nowMs)), countInserted(type, id, arrivals.length, { freed })];
  if (new Set(writes.map(({ write: { key } }) => `${key.pk}\n${key.sk}`)).size < writes.length) throw stale();
  return { writes };
}

function planArrival({ resource, entries, stamp, found }: Arrival, nowMs: number): readonly PlannedWrite[] {
  const { type, id } = resource;
  return [
    {
      write: { kind: 'put', key: keyOf.resource(type, id), attributes: resourceRow(seated(resource), stamp), condition: isAbsent },
      onConditionFailed: stale,
    },
    ...planEntries(resource, NO_ENTRIES, entries),
    { write: { kind: 'put', key: keyOf.alive(id), attributes: { type }, condition: isAbsent }, onConditionFailed: stale },
    ...(found.removal === undefined ? [] : [forgetRemoval(type, id, nowMs)]),
    ...(found.kept === undefined
      ? []
      : [takeItsPlace(type, id, found.kept.version), planPastRemoval(id, found.kept.version, found.kept.removal, nowMs)]),
  ];
}

/** What comes counts on from it. It may end by itself in between. */
const takeItsPlace = (type: string, id: string, keptVersion: number): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.tombstone(type, id), condition: anyOf(isAbsent, isEqual('version', keptVersion)) },
  onConditionFailed: stale,
});

const forgetRemoval = (type: string, id: string, nowMs: number): PlannedWrite => ({
  write: { kind: 'delete', key: keyOf.outbox(type, id), condition: anyOf(isAbsent, isBelow('ttl', Math.floor(nowMs / 1_000))) },
  onConditionFailed: stale,
});
