import { StaleRead, type StoreCall } from '../directory/ports.ts';
import type { Condition } from './condition.ts';
import { optionalNumber } from './item.ts';
import { keyOf, partitionOf } from './keys.ts';
import { SCHEMA_VERSION } from './table.ts';
import type { TableClient } from './table-client.ts';
import type { PlannedWrite } from './write.ts';

export type Counts = {
  /** How many resources of the type there are. */
  readonly total: number;
  /** How many were ever removed, restored or imported: while it stays, no resource moves to another place in the list. */
  readonly removals: number;
  /** How many of them are disabled users that were counted as such. */
  readonly free: number;
  /** Whether no seat may be taken without those who take one at the same time waiting for each other. */
  readonly isGuarded: boolean;
};

/** A type's resources are counted in so many rows, so that changes at the same time rarely meet in one. */
export const COUNTERS = 16;

export async function readCounts(table: TableClient, type: string, call: StoreCall): Promise<Counts> {
  const rows = await table.all({ pk: partitionOf.counters(type) }, call);
  const sum = (name: string): number => rows.reduce((total, row) => total + (optionalNumber(row, name) ?? 0), 0);
  return { total: sum('n'), removals: sum('removals'), free: sum('free'), isGuarded: sum('guarded') > 0 };
}

/** What a change does to the seats: how many it frees, and on what condition it takes one. */
export type SeatCount = { readonly freed?: number; readonly condition?: Condition | undefined };

/** Counts a new resource. */
export const countCreated = (type: string, id: string, seats?: SeatCount): PlannedWrite => count(type, id, { n: 1 }, seats);

/** Counts resources that come to places before the end of the list: those behind them move, as they do when one is removed. */
export const countInserted = (type: string, id: string, number = 1, seats?: SeatCount): PlannedWrite =>
  count(type, id, { n: number, removals: number }, seats);

export const countRemoved = (type: string, id: string, seats?: SeatCount): PlannedWrite => count(type, id, { n: -1, removals: 1 }, seats);

export const countSeat = (type: string, id: string, seats: SeatCount): PlannedWrite => count(type, id, {}, seats);

const count = (
  type: string,
  id: string,
  add: Readonly<Record<string, number>>,
  { freed = 0, condition }: SeatCount = {},
): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.counter(type, id),
    set: { schemaVersion: SCHEMA_VERSION },
    add: { ...add, ...(freed !== 0 && { free: freed }) },
    ...(condition && { condition }),
  },
  ...(condition && { onConditionFailed: () => new StaleRead() }),
});
