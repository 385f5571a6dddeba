import type { StoreCall } from './ports.ts';

/** What a call of the store has used before it begins; one for each, since the store adds to it. */
export const noUsage = (): StoreCall['usage'] => ({ calls: 0, roundTrips: 0, readUnits: 0, writeUnits: 0, retries: 0 });
