import type { StoreCall } from '../../directory/ports.ts';
import { eachAtOnce } from '../at-once.ts';
import { isPresent } from '../condition.ts';
import { telling } from '../feed/tell.ts';
import { text } from '../item.ts';
import { keyOf, partitionOf, SLICES } from '../keys.ts';
import type { MembershipTypes } from '../membership-types.ts';
import type { TableClient } from '../table-client.ts';
import { ignoreSuperseded, Superseded } from '../write.ts';

const OF_GROUP = 'Group#';

/**
 * Tells of the memberships that were kept for a restore and are given up: whoever comes under the id is in none of these
 * groups. Their rows say nothing of it, since the removal of a member is no change of its groups.
 */
export async function tellGivenUp(table: TableClient, types: MembershipTypes, id: string, call: StoreCall): Promise<void> {
  for (const slice of SLICES) {
    for await (const rows of table.pages({ pk: partitionOf.removedRelations(id, slice), only: ['sk'] }, call)) {
      const groupIds = rows.map((row) => text(row, 'sk')).flatMap((sk) => (sk.startsWith(OF_GROUP) ? [sk.slice(OF_GROUP.length)] : []));
      const groups = groupIds.flatMap((groupId) => types.groups.map((type) => keyOf.resource(type, groupId)));
      await eachAtOnce(groups, (key) => {
        const write = { kind: 'update', key, ...telling({ removed: [id] }), condition: isPresent } as const;
        return ignoreSuperseded(table.execute({ writes: [{ write, onConditionFailed: () => new Superseded() }] }, call));
      });
    }
  }
}
