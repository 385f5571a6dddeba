import type { StoreCall } from '../../directory/ports.ts';
import type { MembershipTypes } from '../membership-types.ts';
import type { Pace } from '../retry.ts';
import type { TableClient } from '../table-client.ts';

/** What sweeps work with. */
export type Sweeping = { readonly table: TableClient; readonly types: MembershipTypes; readonly pace: Pace };

/** How far a sweep has come. */
export type Progress = { readonly rows: number; readonly isDone: boolean /** Where to go on. */; readonly from?: string };

/** The last batch has this long to end, and what is left to be handed on. */
const RESERVE_MS = 5_000;

export const hasTime = ({ pace }: Sweeping, call: StoreCall): boolean => pace.now() < call.deadlineMs - RESERVE_MS;
