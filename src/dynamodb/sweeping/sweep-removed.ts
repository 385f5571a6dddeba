import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, number, optionalNumber } from '../item.ts';
import { keyOf } from '../keys.ts';
import { changeOf } from '../staged/change-state.ts';
import { isSuperseded } from '../write.ts';
import { readLeftovers } from './leftovers.ts';
import { type Announced, type Leftover, planRemovedSweep } from './plan-sweep.ts';
import { hasTime, type Progress, type Sweeping } from './sweeping.ts';

/**
 * Clears away the memberships of a removed resource, and keeps them for as long as its tombstone.
 *
 * Nothing can be added to it any more, so what is read now is all there is. What a large change has marked since is read
 * again, and waited for.
 */
export async function sweepRemoved(sweeping: Sweeping, removed: Announced, announcement: Attributes, call: StoreCall): Promise<Progress> {
  const { table, pace } = sweeping;
  const version = number(announcement, 'removedVersion');
  const tombstone = await table.get(keyOf.tombstone(removed.type, removed.id), call);
  if (tombstone && number(tombstone, 'version') !== version) return { rows: 0, isDone: false };
  const { change, keptUntil, kept } = keepingBy(tombstone);
  let rows = 0;
  while (hasTime(sweeping, call)) {
    const { leftovers, isLast } = await readLeftovers(sweeping, removed, change, call);
    const plan = planRemovedSweep(removed, leftovers.map(kept), { version, isLast, nowMs: pace.now(), keptUntil });
    if (leftovers.length === 0 && !isLast) break;
    const isMoved = !(await isSuperseded(table.execute(plan, call)));
    rows += isMoved ? leftovers.length : 0;
    if (isMoved ? isLast : !(await isAnnounced(sweeping, removed, version, call))) return { rows, isDone: true };
  }
  return { rows, isDone: false };
}

/** Without a tombstone there is no restore, and nothing to be kept for one. */
function keepingBy(tombstone: Attributes | undefined) {
  const kept = (leftover: Leftover): Leftover => ({ ...leftover, isKept: leftover.isKept && tombstone !== undefined });
  return { change: tombstone ? changeOf(tombstone) : {}, keptUntil: tombstone && optionalNumber(tombstone, 'ttl'), kept };
}

async function isAnnounced({ table }: Sweeping, { type, id }: Announced, version: number, call: StoreCall): Promise<boolean> {
  const item = await table.get(keyOf.outbox(type, id), call);
  return item?.['removedVersion'] === version;
}
