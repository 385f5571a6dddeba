import type { StoreCall } from '../directory/ports.ts';
import { type Attributes, text } from './item.ts';
import { partitionOf, SLICES } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** Which rows: ids beyond `after`, up to and including `upTo`; so many of each slice at once, with these attributes unless with all. */
export type RowsRange = {
  readonly after?: string | undefined;
  readonly upTo?: string | undefined;
  readonly atOnce: number;
  readonly only?: readonly string[];
};

/**
 * Reads the next rows of a group's members in the order of ids, which the four slices have among them: up to where the
 * shortest of them came.
 *
 * @returns as `readUpTo` the id to go on behind; undefined when all have been read
 */
export async function rowsInOrder(
  table: TableClient,
  groupId: string,
  range: RowsRange,
  call: StoreCall,
): Promise<{ readonly rows: readonly Attributes[]; readonly readUpTo: string | undefined }> {
  const { atOnce: limit, only } = range;
  const part = { ...boundsOf(range), limit, ...(only && { only }) };
  const slices = await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.members(groupId, slice), ...part }, call)));
  const [readUpTo] = slices
    .filter(({ length }) => length === limit)
    .flatMap((rows) => rows.slice(-1).map(idOf))
    .sort();
  const rows = slices.flat().filter((row) => readUpTo === undefined || idOf(row) <= readUpTo);
  return { rows: rows.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)), readUpTo };
}

/** With both ends, a key condition takes the first of them in: `!` sorts behind an id and before every later one. */
function boundsOf({ after, upTo }: RowsRange) {
  if (after !== undefined && upTo !== undefined) return { from: `${after}!`, upTo };
  return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}

const idOf = (row: Attributes): string => text(row, 'sk');
