import pMap from 'p-map';
import type { StoreCall } from '../directory/ports.ts';
import type { GroupReference } from '../directory/resource.ts';
import { AT_ONCE } from './at-once.ts';
import { ALIVE, partitionOf } from './keys.ts';
import type { Outbox } from './outbox.ts';
import { type ReverseRow, toReverse } from './rows.ts';
import { settledGroups } from './staged/read-rows.ts';
import type { TableClient } from './table-client.ts';

/** So many levels of groups are followed above those a resource is in directly. */
export const MAX_NESTING_DEPTH = 10;
/** Of so many groups it is looked up which groups they are in, for one resource; in the order of levels, then of ids. */
const MAX_FOLLOWED_GROUPS = 500;

export type GroupReferencesReader = (id: string) => Promise<readonly GroupReference[]>;

/** Prepares to list the groups of any number of resources: what groups are in is read once for all of them. */
export function groupReferencesReader(table: TableClient, outbox: Promise<Outbox>, call: StoreCall): GroupReferencesReader {
  const known = new Map<string, Promise<readonly ReverseRow[]>>();
  const groupsOfGroup = (id: string): Promise<readonly ReverseRow[]> => {
    const reading = known.get(id) ?? readGroups(table, id, outbox, call);
    known.set(id, reading);
    return reading;
  };
  return async (id) => {
    const direct = await readGroups(table, id, outbox, call);
    const indirect = await followUp(id, direct, await outbox, groupsOfGroup);
    return [...direct.map(toReference), ...indirect.map((row) => ({ ...toReference(row), isIndirect: true as const }))];
  };
}

/** Lists the groups a resource is in itself; one that is removed no longer counts, whatever rows are still to be swept. */
export async function readGroups(table: TableClient, id: string, outbox: Promise<Outbox>, call: StoreCall): Promise<readonly ReverseRow[]> {
  const reading = table.all({ pk: partitionOf.groups(id), after: ALIVE }, call).then((rows) => settledGroups(table, rows, call));
  const [rows, { isRemoved, displayOf }] = await Promise.all([reading, outbox]);
  return rows
    .map(toReverse)
    .filter(({ groupId }) => !isRemoved(groupId))
    .map((row) => ({ ...row, display: displayOf(row) }));
}

/** Goes up level by level, each group once, so that circles end; what was found nearer counts as that. */
async function followUp(
  id: string,
  direct: readonly ReverseRow[],
  { isNested }: Outbox,
  groupsOfGroup: (id: string) => Promise<readonly ReverseRow[]>,
): Promise<readonly ReverseRow[]> {
  const seen = new Set([id, ...direct.map(({ groupId }) => groupId)]);
  const indirect: ReverseRow[] = [];
  let level = direct;
  let left = MAX_FOLLOWED_GROUPS;
  for (let depth = 0; depth < MAX_NESTING_DEPTH && level.length > 0; depth += 1) {
    const followed = level.filter(({ type }) => isNested(type)).slice(0, left);
    left -= followed.length;
    const above = (await pMap(followed, ({ groupId }) => groupsOfGroup(groupId), { concurrency: AT_ONCE })).flat();
    level = [...new Map(above.map((row) => [row.groupId, row])).values()].filter(({ groupId }) => !seen.has(groupId));
    for (const { groupId } of level) seen.add(groupId);
    indirect.push(...level);
  }
  return indirect;
}

const toReference = ({ groupId, display }: ReverseRow): GroupReference => ({
  value: groupId,
  ...(display !== undefined && { display }),
});
