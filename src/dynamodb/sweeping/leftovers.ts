import type { StoreCall } from '../../directory/ports.ts';
import type { ChangeState } from '../../directory/resource.ts';
import { type Attributes, optionalText, text } from '../item.ts';
import { ALIVE, keyOf, partitionOf, SLICES } from '../keys.ts';
import { counts, countsWhenDead } from '../staged/marks.ts';
import { settledGroups } from '../staged/read-rows.ts';
import type { TableClient } from '../table-client.ts';
import { type Announced, type Leftover, SWEEP_BATCH } from './plan-sweep.ts';
import type { Sweeping } from './sweeping.ts';

/** From each slice as many, so that no partition key has to take all writes. */
const FROM_EACH_SLICE = Math.floor(SWEEP_BATCH / SLICES.length);

/**
 * Reads the next batch of rows that a removed resource has left at both ends of its memberships, and says whether it is the
 * last one.
 *
 * @param change where the group stood with large changes when it was removed
 */
export async function readLeftovers(
  { table, types }: Sweeping,
  { type, id }: Announced,
  change: ChangeState,
  call: StoreCall,
): Promise<{ readonly leftovers: readonly Leftover[]; readonly isLast: boolean }> {
  const [groups, ...slices] = await Promise.all([
    table.all({ pk: partitionOf.groups(id), after: ALIVE, limit: SWEEP_BATCH }, call),
    ...(types.isGroup(type) ? SLICES : []).map((slice) => table.all({ pk: partitionOf.members(id, slice), limit: FROM_EACH_SLICE }, call)),
  ]);
  const members = slices.flat().map((row) => leftover('Member', row, counts(row, change) ?? countsWhenDead(row), row));
  const all = [...(await asMember(table, id, groups, call)), ...members];
  const isCut = groups.length === SWEEP_BATCH || slices.some((rows) => rows.length === FROM_EACH_SLICE) || all.length > SWEEP_BATCH;
  return { leftovers: all.slice(0, SWEEP_BATCH), isLast: !isCut };
}

/** What the client said of the member stands in the group's row of it. */
async function asMember(table: TableClient, id: string, groups: readonly Attributes[], call: StoreCall): Promise<readonly Leftover[]> {
  const settled = await settledGroups(table, groups, call);
  const keys = settled.map((row) => keyOf.membership(text(row, 'sk'), id));
  const own = new Map((await table.getMany(keys, call)).map((row) => [text(row, 'pk'), row]));
  const isKept = new Set(settled.map((row) => text(row, 'sk')));
  return groups.map((row) => {
    const groupId = text(row, 'sk');
    return leftover('Group', row, isKept.has(groupId), own.get(keyOf.membership(groupId, id).pk));
  });
}

const leftover = (role: Leftover['role'], row: Attributes, isKept: boolean, own: Attributes | undefined): Leftover => ({
  role,
  other: text(row, 'sk'),
  display: own && optionalText(own, 'display'),
  isKept,
});
