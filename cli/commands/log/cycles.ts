import type { QueryRow } from '../../../src/audit/tenant-log.ts';

/** A cycle has ended when nothing came from the application for as long as this. */
const GAP_MS = 20 * 60_000;

/** The last cycle of one application. */
export type Cycle = {
  readonly application: string;
  readonly first: string;
  readonly last: string;
  readonly requests: number;
  readonly refused: number;
};

/** Puts the last cycle of each application together from rows of five minutes each, the latest first. */
export function lastCycles(rows: readonly QueryRow[]): readonly Cycle[] {
  const byApplication = Map.groupBy(rows, ({ application = '' }) => application);
  return [...byApplication].map(([application, slots]) => {
    const gap = slots.findIndex((slot, index) => index > 0 && isApart(slot, slots[index - 1]));
    const cycle = gap < 0 ? slots : slots.slice(0, gap);
    return {
      application,
      first: cycle.at(-1)?.['first'] ?? '',
      last: cycle[0]?.['last'] ?? '',
      requests: total(cycle, 'requests'),
      refused: total(cycle, 'refused'),
    };
  });
}

const isApart = (earlier: QueryRow, later: QueryRow | undefined): boolean =>
  Date.parse(later?.['first'] ?? '') - Date.parse(earlier['last'] ?? '') > GAP_MS;

const total = (rows: readonly QueryRow[], column: string): number => rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);
