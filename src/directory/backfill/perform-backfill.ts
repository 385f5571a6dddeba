import { FRESH_MS } from '../fresh.ts';
import { type DirectoryStore, type Errand, StaleRead, type StoreCall, type WorkDone } from '../ports.ts';
import type { StoredResource } from '../resource.ts';
import { type Backfill, type BackfillStore, Overtaken, type Renewal, type Taken } from './ports.ts';

/** What a backfill comes to for each resource, and once all have been seen. */
export type BackfillTask = {
  /** Without it, the backfill only waits until every function has heard. */
  readonly renew?: (resource: StoredResource) => Renewal;
  /** May be done twice. Whether the backfill is kept, for those who ask how it went. */
  readonly conclude: (backfill: Backfill, call: StoreCall) => Promise<'keep' | 'forget'>;
};

export type Backfilling = {
  readonly backfills: BackfillStore;
  /** For the tenant's resource types as they are now. */
  readonly directory: Pick<DirectoryStore, 'slice' | 'count'>;
  /** Undefined for what is no longer wanted. */
  readonly taskOf: (backfill: Backfill, call: StoreCall) => Promise<BackfillTask | undefined>;
  readonly newWorker: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resources read at once. */
  readonly page?: number;
};

/**
 * Longer than a function may go on with settings that were just changed: the age at which it reads them anew, and a request
 * that began right before.
 */
export const SETTLE_MS = FRESH_MS + 35_000;

/** The last step has this long to end, and what is left to be handed on. */
const RESERVE_MS = 5_000;

const PAGE = 200;

const NOTHING_LEFT: WorkDone = { rows: 0, left: [] };

/**
 * Goes on with a backfill, for as long as the call allows.
 *
 * Each step writes down how far it came in the transaction that does the work, on condition that the backfill is still this
 * worker's and each resource as it was read: a change of a client comes first, and is looked at again.
 */
export async function performBackfill(backfilling: Backfilling, name: string, call: StoreCall): Promise<WorkDone> {
  const backfill = await backfilling.backfills.read(name, call);
  if (backfill === undefined || backfill.finishedAt !== undefined) return NOTHING_LEFT;
  try {
    return await goOn(backfilling, backfill, call);
  } catch (error) {
    // Whoever has taken it hands on what is left.
    if (error instanceof Overtaken) return NOTHING_LEFT;
    throw error;
  }
}

async function goOn(backfilling: Backfilling, backfill: Backfill, call: StoreCall): Promise<WorkDone> {
  const { backfills, now, newWorker } = backfilling;
  const task = await backfilling.taskOf(backfill, call);
  if (task === undefined) {
    await backfills.end(await backfills.take(backfill, newWorker(), call), 'forgotten', call);
    return NOTHING_LEFT;
  }
  const begun = backfill.beginsAtMs === undefined ? { ...backfill, beginsAtMs: now() + SETTLE_MS } : backfill;
  const waitMs = (begun.beginsAtMs ?? 0) - now();
  if (waitMs > 0) {
    if (begun !== backfill) await backfills.take(begun, newWorker(), call);
    return { rows: 0, left: [later(backfill, waitMs)] };
  }
  const total = backfill.total ?? (await backfilling.directory.count(backfill.type, call));
  const taken = await backfills.take({ ...backfill, total }, newWorker(), call);
  const { taken: reached, isDone } = await walk(backfilling, taken, task, call);
  const rows = reached.backfill.changed - taken.backfill.changed;
  if (!isDone) return { rows, left: [later(backfill, 0)] };
  const fate = await task.conclude(reached.backfill, call);
  await backfills.end(reached, fate === 'keep' ? new Date(now()).toISOString() : 'forgotten', call);
  return { rows, left: [] };
}

const later = ({ name }: Backfill, waitMs: number): Errand => ({
  work: { kind: 'backfill', name },
  delaySeconds: Math.ceil(waitMs / 1_000),
});

type Reached = { readonly taken: Taken; readonly isDone: boolean };

async function walk(backfilling: Backfilling, from: Taken, { renew }: BackfillTask, call: StoreCall): Promise<Reached> {
  const { page = PAGE } = backfilling;
  let [taken, size] = [from, page];
  while (renew !== undefined && backfilling.now() < call.deadlineMs - RESERVE_MS) {
    const { type, after } = taken.backfill;
    const { loaded, isLast } = await backfilling.directory.slice(type, { ...(after !== undefined && { after }), limit: size }, {}, call);
    const renewals = loaded.map(({ resource }) => renew(resource));
    const next = await stepThrough(backfilling, taken, renewals, call);
    if (isLast && !next.isStale) return { taken: next.taken, isDone: true };
    // Where clients write all the time, fewer are taken together: one that changes holds up the others.
    size = next.isStale ? Math.ceil(size / 2) : Math.min(page, size * 2);
    taken = next.taken;
  }
  return { taken, isDone: renew === undefined };
}

async function stepThrough(
  { backfills }: Backfilling,
  from: Taken,
  renewals: readonly Renewal[],
  call: StoreCall,
): Promise<{ readonly taken: Taken; readonly isStale: boolean }> {
  let taken = from;
  const seenBefore = from.backfill.seen;
  try {
    while (taken.backfill.seen - seenBefore < renewals.length) {
      taken = await backfills.step(taken, renewals.slice(taken.backfill.seen - seenBefore), call);
    }
    return { taken, isStale: false };
  } catch (error) {
    if (!(error instanceof StaleRead)) throw error;
    call.usage.retries += 1;
    return { taken, isStale: true };
  }
}
