import { IDS_OF_AN_EVENT } from '../../directory/feed/change-event.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { eachAtOnce } from '../at-once.ts';
import { allOf, type Condition, isEqual, isUnset } from '../condition.ts';
import { saidIn } from '../feed/last-change.ts';
import { telling } from '../feed/tell.ts';
import { readGroups } from '../group-references.ts';
import { type Attributes, number } from '../item.ts';
import { keyOf, SLICES } from '../keys.ts';
import { readOutbox } from '../outbox.ts';
import { toResource } from '../rows.ts';
import { readSettled } from '../staged/read-rows.ts';
import { membersInOrder } from '../transfer/members-in-order.ts';
import { isSuperseded, type WritePlan } from '../write.ts';
import { type Announced, superseded } from './plan-sweep.ts';
import { hasTime, type Sweeping } from './sweeping.ts';

/** Sorts behind every id. */
export const ALL_TOLD = '~';

const FROM_EACH_SLICE = IDS_OF_AN_EVENT / SLICES.length;

/**
 * Tells of the memberships that a restored resource has: those in groups, and its own members in the order of ids.
 *
 * @param from how far members were told of before
 * @returns how far it came; undefined if not even to the first
 */
export async function tellWhoStayed(
  sweeping: Sweeping,
  restored: Announced,
  from: string | undefined,
  call: StoreCall,
): Promise<string | undefined> {
  if (from === undefined && !(await tellGroups(sweeping, restored.id, call))) return undefined;
  if (!sweeping.types.isGroup(restored.type)) return ALL_TOLD;
  let toldUpTo = from;
  while (toldUpTo !== ALL_TOLD && hasTime(sweeping, call)) toldUpTo = await tellMembers(sweeping, restored, toldUpTo, call);
  return toldUpTo;
}

async function tellGroups(sweeping: Sweeping, memberId: string, call: StoreCall): Promise<boolean> {
  const { table, types } = sweeping;
  const groups = await readGroups(table, memberId, readOutbox(table, types.groups, call), call);
  const left = new Set(groups);
  await eachAtOnce(groups, async (group) => {
    while (left.has(group) && hasTime(sweeping, call))
      if (await tellMembership(sweeping, { type: group.type, id: group.groupId }, memberId, call)) left.delete(group);
  });
  return left.size === 0;
}

/** Says whether there is nothing left to be told of it. */
async function tellMembership({ table }: Sweeping, group: Announced, memberId: string, call: StoreCall): Promise<boolean> {
  const row = await table.get(keyOf.resource(group.type, group.id), call);
  if (row === undefined) return true;
  const key = keyOf.membership(group.id, memberId);
  const { rows } = await readSettled(table, toResource(group.type, row), () => table.getMany([key], call), call);
  return rows.length === 0 || !(await isSuperseded(table.execute(planTell(group, row, [memberId]), call)));
}

/** Tells of a few members more; of none where the group was changed meanwhile. */
async function tellMembers(
  { table, types }: Sweeping,
  group: Announced,
  after: string | undefined,
  call: StoreCall,
): Promise<string | undefined> {
  const row = await table.get(keyOf.resource(group.type, group.id), call);
  if (row === undefined) return ALL_TOLD;
  const range = { atOnce: FROM_EACH_SLICE, ...(after !== undefined && { after }) };
  const { members, readUpTo = ALL_TOLD } = await membersInOrder(table, types, toResource(group.type, row), range, call);
  const ids = members.map(({ value }) => value);
  const isOvertaken = ids.length > 0 && (await isSuperseded(table.execute(planTell(group, row, ids), call)));
  return isOvertaken ? after : readUpTo;
}

/** On condition that nothing was written or told of the group since: whoever goes is told of behind this. */
const planTell = ({ type, id }: Announced, row: Attributes, added: readonly string[]): WritePlan => ({
  writes: [
    {
      write: { kind: 'update', key: keyOf.resource(type, id), ...telling({ added }), condition: isAsTold(row) },
      onConditionFailed: superseded,
    },
  ],
});

const isAsTold = (row: Attributes): Condition =>
  allOf(isEqual('version', number(row, 'version')), row['said'] === undefined ? isUnset('said') : isEqual('said', saidIn(row)));
