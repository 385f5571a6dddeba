import { dollarsFor } from '../../cli/commands/cost/prices.ts';

/** What the table costs for a million such requests. */
export const dollarsPerMillion = ({ readUnits, writeUnits }: { readonly readUnits: number; readonly writeUnits: number }): number =>
  dollarsFor('writeUnits', writeUnits * 1_000_000) + dollarsFor('readUnits', readUnits * 1_000_000);
