import type { StoreCall } from '../../directory/ports.ts';
import { number, text } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import type { TableClient } from '../table-client.ts';
import { type Position, positionIn } from './place.ts';

/** What the log ends with; position 0 is that of a log of which nothing is left, and of one that was never begun. */
export type Last = Position & {
  readonly atMs: number;
  /** Epoch seconds from which on it may be deleted at any moment; never earlier than that of any item before it. */
  readonly ttl: number;
};

/** Looks where the log ends: the row that counts generations sorts before all items, so one read finds either. */
export async function findLast(table: TableClient, call: StoreCall): Promise<Last> {
  const only = ['sk', 'atMs', 'ttl', 'generation'];
  const [row] = await table.all({ pk: partitionOf.feed(), backwards: true, limit: 1, only }, call);
  if (row === undefined) return { generation: 0, position: 0, atMs: 0, ttl: 0 };
  if (text(row, 'sk') === keyOf.generation().sk) return { generation: number(row, 'generation'), position: 0, atMs: 0, ttl: 0 };
  return { ...positionIn(text(row, 'sk')), atMs: number(row, 'atMs'), ttl: number(row, 'ttl') };
}
