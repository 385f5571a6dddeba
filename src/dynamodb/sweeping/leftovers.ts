import type { StoreCall } from '../../directory/ports.ts';
import type { ChangeState } from '../../directory/resource.ts';
import { type Attributes, optionalText, text } from '../item.ts';
import { ALIVE, keyOf, partitionOf, SLICES } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { changeOf } from '../staged/change-state.ts';
import { counts, countsWhenDead, markIn } from '../staged/marks.ts';
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
  const memberships = await asMember(table, types, id, groups, call);
  const all = [...memberships, ...members];
  const isWaiting = memberships.length < groups.length;
  const isCut = groups.length === SWEEP_BATCH || slices.some((rows) => rows.length === FROM_EACH_SLICE) || all.length > SWEEP_BATCH;
  return { leftovers: all.slice(0, SWEEP_BATCH), isLast: !isCut && !isWaiting };
}

/**
 * What the client said of the member stands in the group's row of it.
 *
 * What a large change has staged is left alone until it is known what becomes of it: the member may be restored before that,
 * and then has to find its row as it was staged.
 */
async function asMember(
  table: TableClient,
  types: MembershipTypes,
  id: string,
  rows: readonly Attributes[],
  call: StoreCall,
): Promise<readonly Leftover[]> {
  const staged = await stagedMarks(table, rows, call);
  const settled = rows.filter((row) => !staged.has(markIn(row)));
  const states = await statesOf(table, types, settled, call);
  const keys = settled.map((row) => keyOf.membership(text(row, 'sk'), id));
  const own = new Map((await table.getMany(keys, call)).map((row) => [text(row, 'pk'), row]));
  return settled.map((row) => {
    const groupId = text(row, 'sk');
    const isKept = counts(row, states.get(groupId) ?? {}) ?? countsWhenDead(row);
    return leftover('Group', row, isKept, own.get(keyOf.membership(groupId, id).pk));
  });
}

/** Of changes that may yet be committed. */
async function stagedMarks(table: TableClient, rows: readonly Attributes[], call: StoreCall): Promise<ReadonlySet<string | undefined>> {
  const marks = new Set(rows.map(markIn).filter((mark) => mark !== undefined));
  const keys = [...marks].map((mark) => keyOf.change(mark.slice(1)));
  const listed = new Map((await table.getMany(keys, call)).map((row) => [text(row, 'sk'), row['changePhase']]));
  return new Set([...marks].filter((mark) => listed.get(mark.slice(1)) === 'staging'));
}

/** Where the groups of marked rows stand, or stood when they were removed. */
async function statesOf(
  table: TableClient,
  types: MembershipTypes,
  rows: readonly Attributes[],
  call: StoreCall,
): Promise<ReadonlyMap<string, ChangeState>> {
  const ids = rows.filter((row) => markIn(row) !== undefined).map((row) => text(row, 'sk'));
  const keys = types.groups.flatMap((type) => ids.flatMap((groupId) => [keyOf.tombstone(type, groupId), keyOf.resource(type, groupId)]));
  return new Map((await table.getMany(keys, call)).map((row) => [text(row, 'sk'), changeOf(row)]));
}

const leftover = (role: Leftover['role'], row: Attributes, isKept: boolean, own: Attributes | undefined): Leftover => ({
  role,
  other: text(row, 'sk'),
  display: own && optionalText(own, 'display'),
  isKept,
  mark: markIn(row),
});
