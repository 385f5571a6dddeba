import * as z from 'zod/mini';
import type { FeedWork, StoreCall } from '../../directory/ports.ts';
import { allOf, isEqual, isUnset } from '../condition.ts';
import { type Attributes, document, number } from '../item.ts';
import { keyOf } from '../keys.ts';
import { changeOf } from '../staged/change-state.ts';
import type { PlannedWrite } from '../write.ts';
import { authorIn } from './last-change.ts';
import { FIRST_MEMBERS, nextMembers, placeSchema } from './next-members.ts';
import { isTold, NoLongerSo, type Telling } from './telling.ts';

const progressSchema = z.extend(placeSchema, { part: z.int() });
type Progress = z.output<typeof progressSchema>;

const NOT_BEGUN: Progress = { ...FIRST_MEMBERS, part: 0 };

/**
 * Tells which members a group had when it was removed, as many at a time as an event names.
 *
 * How far this has come stands on the tombstone, and moves on together with what is told: so nobody is told of twice, and
 * with the tombstone of that removal all of it ends.
 */
export async function tellDepartures(
  telling: Telling,
  { type, id, version }: Extract<FeedWork, { kind: 'departures' }>,
  hasTime: () => boolean,
  call: StoreCall,
): Promise<{ readonly told: number; readonly isDone: boolean }> {
  const { table, pace } = telling;
  const tombstone = await table.get(keyOf.tombstone(type, id), call);
  if (tombstone === undefined || number(tombstone, 'version') !== version - 1) return { told: 0, isDone: true };
  const group = { id, change: changeOf(tombstone), isRemoved: true };
  const saying = authorIn(tombstone) ?? { time: new Date(pace.now()).toISOString() };
  let progress = progressIn(tombstone);
  let told = 0;
  while (hasTime()) {
    const { ids, next, isLast } = await nextMembers(table, group, progress, call);
    if (ids.length === 0) return { told, isDone: true };
    const part = progress.part + 1;
    const entry = { ...saying, resourceType: type, resourceId: id, version, part, members: ids } as const;
    const move = planMove({ type, id, version }, progress, { ...next, part });
    if (!(await isTold(telling, [{ type: 'members.removed', ...entry }], [move], call))) return { told, isDone: true };
    told += ids.length;
    if (isLast) return { told, isDone: true };
    progress = { ...next, part };
  }
  return { told, isDone: false };
}

const progressIn = (tombstone: Attributes): Progress =>
  tombstone['departures'] === undefined ? NOT_BEGUN : progressSchema.parse(document(tombstone, 'departures'));

type Removal = { readonly type: string; readonly id: string; readonly version: number };

const planMove = ({ type, id, version }: Removal, before: Progress, after: Progress): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.tombstone(type, id),
    set: { departures: JSON.stringify(after) },
    condition: allOf(
      isEqual('version', version - 1),
      before === NOT_BEGUN ? isUnset('departures') : isEqual('departures', JSON.stringify(before)),
    ),
  },
  onConditionFailed: () => new NoLongerSo(),
});
