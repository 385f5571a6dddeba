import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, number } from '../item.ts';
import { keyOf } from '../keys.ts';
import { changeOf } from '../staged/change-state.ts';
import { isSuperseded } from '../write.ts';
import { readLeftovers } from './leftovers.ts';
import { type Announced, type Leftover, planRemovedSweep } from './plan-sweep.ts';
import { hasTime, type Progress, type Sweeping } from './sweeping.ts';

/**
 * Clears away the memberships of a removed resource, and keeps them for as long as its tombstone.
 *
 * Nothing can be added to it any more, so what is read now is all there is.
 */
export async function sweepRemoved(sweeping: Sweeping, removed: Announced, announcement: Attributes, call: StoreCall): Promise<Progress> {
  const { table, pace } = sweeping;
  const version = number(announcement, 'removedVersion');
  const tombstone = await table.get(keyOf.tombstone(removed.type, removed.id), call);
  if (tombstone && number(tombstone, 'version') !== version) return { rows: 0, isDone: false };
  const change = tombstone ? changeOf(tombstone) : {};
  const keptUntil = tombstone && number(tombstone, 'ttl');
  const kept = (leftover: Leftover): Leftover => ({ ...leftover, isKept: leftover.isKept && keptUntil !== undefined });
  let rows = 0;
  while (hasTime(sweeping, call)) {
    const { leftovers, isLast } = await readLeftovers(sweeping, removed, change, call);
    const plan = planRemovedSweep(removed, leftovers.map(kept), { version, isLast, nowMs: pace.now(), keptUntil: keptUntil ?? 0 });
    if (await isSuperseded(table.execute(plan, call))) return { rows, isDone: true };
    rows += leftovers.length;
    if (isLast) return { rows, isDone: true };
  }
  return { rows, isDone: false };
}
