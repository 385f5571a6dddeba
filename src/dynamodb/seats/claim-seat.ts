import { type SeatLimit, StaleRead, type StoreCall } from '../../directory/ports.ts';
import { USER } from '../../directory/resource.ts';
import { ScimError } from '../../scim/errors.ts';
import { isUnset } from '../condition.ts';
import { type Counts, readCounts } from '../counts.ts';
import { type Attributes, optionalNumber } from '../item.ts';
import { keyOf } from '../keys.ts';
import { findFreeSeats, type Seating } from './find-free-seats.ts';
import { planGuard, planTurn } from './guard.ts';
import type { SeatClaim } from './seat.ts';

/**
 * With more seats left than this, seats are taken by any number of requests at the same time: fewer than so many are on
 * their way, and those that set out before the last ones are guarded fail.
 */
const SEAT_MARGIN = 1_000;

/**
 * Claims a seat for a user who becomes active; the claim holds in the transaction or not at all.
 *
 * Far from the limit, nobody waits for anybody: the counter's row only must not be guarded by then. Near it, all counter rows
 * are guarded, and whoever takes a seat takes a turn as well, decided on sums that were read after the turn before.
 *
 * @throws {StaleRead} — decide again
 * @throws {ScimError} seatLimit
 */
export async function claimSeat(seating: Seating, seats: SeatLimit, call: StoreCall): Promise<SeatClaim> {
  const counts = await readCounts(seating.table, USER, call);
  if (!counts.isGuarded && left(counts, seats) > SEAT_MARGIN) return { condition: isUnset('guarded'), writes: [] };
  const guard = await seating.table.get(keyOf.seats(USER), call);
  if (!counts.isGuarded) return turnGuard(seating, guard, seats, true, call);
  return takeTurn(seating, guard, seats, call);
}

async function takeTurn(seating: Seating, guard: Attributes | undefined, seats: SeatLimit, call: StoreCall): Promise<SeatClaim> {
  const counts = await readCounts(seating.table, USER, call);
  if (!counts.isGuarded) throw new StaleRead();
  const isOwn = guard?.['application'] === seats.application;
  if (isOwn && left(counts, seats) > 2 * SEAT_MARGIN) return turnGuard(seating, guard, seats, false, call);
  if (left(counts, seats) > 0) return { writes: [planTurn(turnOf(guard))] };
  if ((await findFreeSeats(seating, guard, call)) > 0) throw new StaleRead();
  throw refusal(seats);
}

/** Guards the counter rows, or lets them go; either way it is all decided again. */
async function turnGuard(
  { table }: Seating,
  guard: Attributes | undefined,
  { application }: SeatLimit,
  isGuarded: boolean,
  call: StoreCall,
): Promise<never> {
  await table.execute({ writes: planGuard(turnOf(guard), application, isGuarded) }, call);
  throw new StaleRead();
}

const left = ({ total, free }: Counts, { limit }: SeatLimit): number => limit - (total - free);

const turnOf = (guard: Attributes | undefined): number => (guard && optionalNumber(guard, 'turn')) ?? 0;

const refusal = ({ limit }: SeatLimit): ScimError =>
  new ScimError(
    'seatLimit',
    `All seats are taken: this application may have ${limit} active users in the directory at most. Deactivate or remove somebody, or have its maxActiveUsers raised; then the same request can be sent again.`,
  );
