import { type Backfill, Overtaken, type Renewal, type Taken } from '../../directory/backfill/ports.ts';
import { type BackfillPurpose, StaleRead } from '../../directory/ports.ts';
import { ScimError } from '../../scim/errors.ts';
import { same } from '../../scim/same.ts';
import { allOf, type Condition, isEqual, isUnset } from '../condition.ts';
import { TELLING_PROFILE } from '../feed/tell.ts';
import type { Attributes } from '../item.ts';
import { keyOf } from '../keys.ts';
import { planEntries } from '../plan-entries.ts';
import { resourceRow } from '../rows.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';
import { assertFits, isTransaction, TRANSACTION_LIMIT } from '../write-size.ts';
import { announcedRow, backfillRow } from './rows.ts';

/** So many of those that are stuck are named. */
const NAMED_IDS = 5;

export type PlannedStep = { readonly plan: WritePlan; readonly reached: Backfill };

/** In the place of any other of its name. The table's stream tells the worker of it. */
export const planAnnounce = (purpose: BackfillPurpose): PlannedWrite => ({
  write: { kind: 'put', key: keyOf.backfill(purpose.name), attributes: announcedRow(purpose) },
});

/** Whoever takes it goes on from where it was read, and nowhere else. */
export const planTake = (backfill: Backfill, worker: string): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.backfill(backfill.name),
    set: { ...backfillRow(backfill), worker },
    condition: allOf(isEqual('revision', backfill.revision), isWhereItWas(backfill)),
  },
  onConditionFailed: () => new Overtaken(),
});

const isWhereItWas = ({ after }: Backfill): Condition => (after === undefined ? isUnset('after') : isEqual('after', after));

/** As many renewals as one transaction takes, with what it means for the backfill. */
export function planStep({ backfill, worker }: Taken, renewals: readonly Renewal[], writeId: string): PlannedStep {
  let reached = backfill;
  const writes: PlannedWrite[] = [];
  for (const renewal of renewals) {
    const planned = planRenewal(renewal);
    if (planned !== 'stuck' && !isTransaction([...writes, ...planned], TRANSACTION_LIMIT - 1)) break;
    reached = passed(reached, renewal, planned);
    if (planned !== 'stuck') writes.push(...planned);
  }
  const progress: PlannedWrite = {
    write: {
      kind: 'update',
      key: keyOf.backfill(backfill.name),
      set: { ...backfillRow(reached), writeId },
      condition: allOf(isEqual('worker', worker), isWhereItWas(backfill)),
    },
    onConditionFailed: () => new Overtaken(),
  };
  return { plan: { writes: [progress, ...writes], writeId }, reached };
}

function passed(before: Backfill, { before: { id } }: Renewal, planned: Planned): Backfill {
  const isStuck = planned === 'stuck';
  return {
    ...before,
    after: id,
    seen: before.seen + 1,
    changed: before.changed + (!isStuck && planned.length > 0 ? 1 : 0),
    stuck: before.stuck + (isStuck ? 1 : 0),
    stuckIds: isStuck ? [...before.stuckIds, id].slice(0, NAMED_IDS) : before.stuckIds,
  };
}

type Planned = readonly PlannedWrite[] | 'stuck';

function planRenewal({ before, after, entriesBefore, entriesAfter }: Renewal): Planned {
  try {
    const entries = planEntries(before, entriesBefore, entriesAfter);
    const row = differenceOf(before, after);
    // What stays counts as well, though it is not written.
    if (Object.keys(row).length > 0)
      assertFits([{ write: { kind: 'put', key: keyOf.resource(after.type, after.id), attributes: resourceRow(after, NO_CHANGE) } }]);
    const writes = Object.keys(row).length + entries.length === 0 ? [] : [planOwnRow(before, row, isProfileNew(before, after)), ...entries];
    return isTransaction(writes, TRANSACTION_LIMIT - 1) ? writes : 'stuck';
  } catch (error) {
    if (error instanceof ScimError) return 'stuck';
    throw error;
  }
}

const NO_CHANGE = { requestId: '', application: '', at: '', paths: [] };

/** What differs in the row; the last change stays the client's. */
function differenceOf(before: Renewal['before'], after: Renewal['after']): Attributes {
  const old = resourceRow(before, NO_CHANGE);
  return Object.fromEntries(Object.entries(resourceRow(after, NO_CHANGE)).filter(([name, value]) => value !== old[name]));
}

/** Another mapping may make the same of it. */
const isProfileNew = (before: Renewal['before'], after: Renewal['after']): boolean =>
  !same(before.profile?.values ?? null, after.profile?.values ?? null);

/** The version is the one that was read, and stays: to clients, nothing has changed. */
function planOwnRow({ type, id, version }: Renewal['before'], difference: Attributes, isToBeTold: boolean): PlannedWrite {
  const [key, condition] = [keyOf.resource(type, id), isEqual('version', version)];
  const { set, ...rest } = isToBeTold ? TELLING_PROFILE : { set: {} };
  return {
    write:
      Object.keys(difference).length === 0
        ? { kind: 'check', key, condition }
        : { kind: 'update', key, ...rest, set: { ...difference, ...set }, condition },
    onConditionFailed: () => new StaleRead(),
  };
}
