import type { StoreCall } from '../../directory/ports.ts';
import type { StoredResource } from '../../directory/resource.ts';
import type { MemberRange, MembersRead } from '../../directory/transfer/ports.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { readOutbox } from '../outbox.ts';
import { toMember } from '../rows.ts';
import { rowsInOrder } from '../rows-in-order.ts';
import { readSettled } from '../staged/read-rows.ts';
import type { TableClient } from '../table-client.ts';

/** Rows read of each slice at once, unless fewer will do: a thousand members are one line of an export. */
const ROWS_AT_ONCE = 1_000;

/** Reads the next members in the order of ids. */
export async function membersInOrder(
  table: TableClient,
  types: MembershipTypes,
  group: StoredResource,
  { atOnce = ROWS_AT_ONCE, ...range }: MemberRange,
  call: StoreCall,
): Promise<MembersRead> {
  let readUpTo: string | undefined;
  const read = async () => {
    const part = await rowsInOrder(table, group.id, { ...range, atOnce }, call);
    readUpTo = part.readUpTo;
    return part.rows;
  };
  const [{ isRemoved }, { rows }] = await Promise.all([readOutbox(table, types.all, call), readSettled(table, group, read, call)]);
  const members = rows.map(toMember).filter(({ value, type }) => types.all.includes(type) && !isRemoved(value));
  return { members, readUpTo };
}
