import type { StoreCall } from '../../directory/ports.ts';
import type { StoredResource } from '../../directory/resource.ts';
import type { MemberRange, MembersRead } from '../../directory/transfer/ports.ts';
import { type Attributes, text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { readOutbox } from '../outbox.ts';
import { toMember } from '../rows.ts';
import { readSettled } from '../staged/read-rows.ts';
import type { TableClient } from '../table-client.ts';

/** Rows read of each slice at once, unless fewer will do: a thousand members are one line of an export. */
const ROWS_AT_ONCE = 1_000;

/**
 * Reads the next members in the order of ids, which the four slices have among them.
 *
 * Each slice is read as far as it goes at once; what counts is up to where the shortest of them came.
 */
export async function membersInOrder(
  table: TableClient,
  types: MembershipTypes,
  group: StoredResource,
  range: MemberRange,
  call: StoreCall,
): Promise<MembersRead> {
  let readUpTo: string | undefined;
  const read = async () => {
    const slices = await Promise.all(SLICES.map((slice) => readSlice(table, group.id, slice, range, call)));
    readUpTo = shortest(slices, range);
    return slices.flat();
  };
  const [{ isRemoved }, { rows }] = await Promise.all([readOutbox(table, types.all, call), readSettled(table, group, read, call)]);
  const members = rows
    .map(toMember)
    .filter(({ value, type }) => isWithin(value, readUpTo) && types.all.includes(type) && !isRemoved(value))
    .sort((left, right) => (left.value < right.value ? -1 : 1));
  return { members, readUpTo };
}

const readSlice = (
  table: TableClient,
  groupId: string,
  slice: string,
  { after, upTo, atOnce = ROWS_AT_ONCE }: MemberRange,
  call: StoreCall,
) => table.all({ pk: partitionOf.members(groupId, slice), ...boundsOf(after, upTo), limit: atOnce }, call);

/** With both ends, a key condition takes the first of them in: `!` sorts behind an id and before every later one. */
function boundsOf(after: string | undefined, upTo: string | undefined) {
  if (after !== undefined && upTo !== undefined) return { from: `${after}!`, upTo };
  return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}

function shortest(slices: readonly (readonly Attributes[])[], { atOnce = ROWS_AT_ONCE }: MemberRange): string | undefined {
  const ends = slices.filter(({ length }) => length === atOnce).flatMap((rows) => rows.slice(-1).map((row) => text(row, 'sk')));
  return ends.sort()[0];
}

const isWithin = (id: string, upTo: string | undefined): boolean => upTo === undefined || id <= upTo;
