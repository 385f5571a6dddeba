import { StaleRead, type StoreCall } from '../../directory/ports.ts';
import type { Member, StoredResource } from '../../directory/resource.ts';
import { isAsRead } from '../as-read.ts';
import { chunksOf } from '../at-once.ts';
import { allOf } from '../condition.ts';
import { telling } from '../feed/tell.ts';
import { keyOf } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import { announceNesting } from '../nesting.ts';
import { planMembers } from '../plan-members.ts';
import { isNotStaging } from '../staged/change-state.ts';
import { type Staging, settle } from '../staged/settle.ts';
import type { PlannedWrite, WritePlan } from '../write.ts';

/** Three writes each, and that of the group's row, are a full transaction. */
const TOGETHER = 33;

/** One transaction after the other: they all write to the group's row, and would stand in each other's way. */
export async function bringMembers(
  staging: Staging,
  types: MembershipTypes,
  group: StoredResource,
  members: readonly Member[],
  call: StoreCall,
): Promise<void> {
  try {
    await announceNesting(staging.table, types, group.id, members, call);
    for (const chunk of chunksOf(members, TOGETHER)) await staging.table.execute(planChunk(types, group, chunk), call);
  } catch (error) {
    if (error instanceof StaleRead) await settle(staging, group.type, group.id, call);
    throw error;
  }
}

function planChunk(types: MembershipTypes, group: StoredResource, add: readonly Member[]): WritePlan {
  const { type, id, nameVersion = 1 } = group;
  const named = { type, id, display: types.nameOf(group), nameVersion };
  return { writes: [tellOf(group, add), ...planMembers(named, { add, remove: [] }).map(decidedAgain)] };
}

/** The rows carry its name, and come neither into the middle of a large change nor after its removal. */
const tellOf = (group: StoredResource, add: readonly Member[]): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.resource(group.type, group.id),
    ...telling({ added: add.map(({ value }) => value) }),
    condition: allOf(isAsRead(group, 'exists'), isNotStaging),
  },
  onConditionFailed: () => new StaleRead(),
});

/** A member that has gone meanwhile is one that the directory does not know: whoever decides sees it. */
const decidedAgain = ({ write, onConditionFailed }: PlannedWrite): PlannedWrite => ({
  write,
  ...(onConditionFailed && { onConditionFailed: () => new StaleRead() }),
});
