import type { MemberIds, Slice, StoreCall } from '../directory/ports.ts';
import { MAX_NESTING_DEPTH } from './group-references.ts';
import { type Attributes, text } from './item.ts';
import { isId, partitionOf, SLICES } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** Members of so many groups, one in the other, are merged into one list. */
const MAX_MERGED_GROUPS = 50;

/** Lists a group and all that may be in it, on any level that counts; undefined where there are too many. */
export async function groupsWithin(table: TableClient, groupId: string, call: StoreCall): Promise<readonly string[] | undefined> {
  if (!isId(groupId)) return [];
  const found = new Set([groupId]);
  let level: readonly string[] = [groupId];
  for (let depth = 0; depth < MAX_NESTING_DEPTH && level.length > 0; depth += 1) {
    const rows = await Promise.all(level.map((id) => table.all({ pk: partitionOf.nested(id), limit: MAX_MERGED_GROUPS }, call)));
    level = [...new Set(rows.flat().map((row) => text(row, 'sk')))].filter((id) => !found.has(id));
    for (const id of level) found.add(id);
    if (found.size > MAX_MERGED_GROUPS) return undefined;
  }
  return [...found];
}

/**
 * Merges the rows of members, in the order of ids, from behind one id on; also of those that do not count, or count no more.
 *
 * Each slice of each group is read as far as the page could need it, so a page costs the same wherever it is.
 */
export async function memberIds(
  table: TableClient,
  type: string,
  groupIds: readonly string[],
  { after, limit }: Pick<Slice, 'after' | 'limit'>,
  call: StoreCall,
): Promise<MemberIds> {
  const range = { ...(after !== undefined && { after }), limit: limit + 1, only: ['sk', 'type'] };
  const partitions = groupIds.flatMap((groupId) => SLICES.map((slice) => partitionOf.members(groupId, slice)));
  const slices = await Promise.all(partitions.map((pk) => table.all({ pk, ...range }, call)));
  const [horizon] = slices
    .filter(({ length }) => length > limit)
    .map(lastId)
    .sort();
  const rows = slices.flat().filter((row) => text(row, 'type') === type && (horizon === undefined || text(row, 'sk') <= horizon));
  const ids = [...new Set(rows.map((row) => text(row, 'sk')))].sort();
  const taken = ids.slice(0, limit);
  const isWhole = taken.length === ids.length;
  const seen = isWhole && horizon !== undefined ? horizon : (taken.at(-1) ?? after);
  return { ids: taken, seen, isLast: isWhole && horizon === undefined };
}

const lastId = (rows: readonly Attributes[]): string => rows.map((row) => text(row, 'sk')).at(-1) ?? '';
