import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { GroupMembers, MembersRead } from '../../directory/feed/ports.ts';
import type { StoreCall } from '../../directory/ports.ts';
import { type Attributes, text } from '../item.ts';
import { partitionOf, SLICES } from '../keys.ts';
import { readOutbox } from '../outbox.ts';
import { type Pace, REAL_PACE } from '../retry.ts';
import { readSettled } from '../staged/read-rows.ts';
import { TableClient } from '../table-client.ts';

export type GroupMembersOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

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
          const read = await readRows(table, group.id, part, call);
          end = read;
          return read.rows;
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

type Rows = Pick<MembersRead, 'seen' | 'isLast'> & { readonly rows: readonly Attributes[] };

/** As far as every slice has been read: all the rows up to one id, so that the next part can begin behind it. */
async function readRows(
  table: TableClient,
  groupId: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  call: StoreCall,
): Promise<Rows> {
  const each = Math.max(1, Math.floor(limit / SLICES.length));
  const range = { ...(after !== undefined && { after }), limit: each, only: ['sk', 'type', 'change'] };
  const slices = await Promise.all(SLICES.map((slice) => table.all({ pk: partitionOf.members(groupId, slice), ...range }, call)));
  const [horizon] = slices
    .filter(({ length }) => length === each)
    .map((rows) => rows.map(idOf).at(-1) ?? '')
    .sort();
  const rows = slices.flat().filter((row) => horizon === undefined || idOf(row) <= horizon);
  return { rows: rows.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)), seen: horizon ?? after, isLast: horizon === undefined };
}

const idOf = (row: Attributes): string => text(row, 'sk');
