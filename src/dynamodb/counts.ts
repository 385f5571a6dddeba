import type { StoreCall } from '../directory/ports.ts';
import { number, optionalNumber } from './item.ts';
import { keyOf, partitionOf } from './keys.ts';
import { SCHEMA_VERSION } from './table.ts';
import type { TableClient } from './table-client.ts';
import type { PlannedWrite } from './write.ts';

export type Counts = {
  /** How many resources of the type there are. */
  readonly total: number;
  /** How many were ever removed, restored or imported: while it stays, no resource moves to another place in the list. */
  readonly removals: number;
};

export async function readCounts(table: TableClient, type: string, call: StoreCall): Promise<Counts> {
  const rows = await table.all({ pk: partitionOf.counters(type) }, call);
  return {
    total: rows.reduce((sum, row) => sum + number(row, 'n'), 0),
    removals: rows.reduce((sum, row) => sum + (optionalNumber(row, 'removals') ?? 0), 0),
  };
}

/** Counts a new resource; in one of 16 rows, so that changes at the same time rarely meet in one. */
export const countCreated = (type: string, id: string): PlannedWrite => count(type, id, { n: 1 });

/** Counts resources that come to places before the end of the list: those behind them move, as they do when one is removed. */
export const countInserted = (type: string, id: string, number = 1): PlannedWrite => count(type, id, { n: number, removals: number });

export const countRemoved = (type: string, id: string): PlannedWrite => count(type, id, { n: -1, removals: 1 });

const count = (type: string, id: string, add: Readonly<Record<string, number>>): PlannedWrite => ({
  write: { kind: 'update', key: keyOf.counter(type, id), set: { schemaVersion: SCHEMA_VERSION }, add },
});
