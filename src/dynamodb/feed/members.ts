import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { GroupMembers, MembersRead } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, text } from '../item.ts';
import { SLICES } from '../keys.ts';
import { readOutbox } from '../outbox.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { rowsInOrder } from '../rows-in-order.ts';
import { readSettled } from '../staged/read-rows.ts';
import { TableClient } from '../table-client.ts';

export type GroupMembersOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

/** What is to be known of a row. */
const ROW = ['sk', 'type', 'change'];

/** Opens the members of groups; those of a large change that is staged and not committed are none. */
export function openGroupMembers({ client, tableName, ...pace }: GroupMembersOptions): GroupMembers {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    read: async (group, part, call) => {
      let end: Pick<MembersRead, 'seen' | 'isLast'> = { seen: part.after, isLast: true };
      const { rows, group: row } = await readSettled(
        table,
        { type: group.type, id: group.id, ...(group.change && { change: group.change }) },
        async () => {
          const atOnce = Math.max(1, Math.floor(part.limit / SLICES.length));
          const { rows, readUpTo } = await rowsInOrder(table, group.id, { after: part.after, atOnce, only: ROW }, call);
          end = { seen: readUpTo ?? part.after, isLast: readUpTo === undefined };
          return rows;
        },
        call,
      );
      return row && { ids: await thoseThere(table, rows, call), ...end };
    },
  };
}

/** A removed resource is no member, though its row may not have been swept. */
async function thoseThere(table: TableClient, rows: readonly Attributes[], call: StoreCall): Promise<readonly string[]> {
  const types = [...new Set(rows.map((row) => text(row, 'type')))];
  const { isRemoved } = await readOutbox(table, types, call);
  return rows.map(idOf).filter((id) => !isRemoved(id));
}

const idOf = (row: Attributes): string => text(row, 'sk');
