import { isActive, type StoredResource, USER } from '../../directory/resource.ts';
import { type Condition, isEqual, isUnset } from '../condition.ts';
import { countSeat } from '../counts.ts';
import type { PlannedWrite } from '../write.ts';

/**
 * Seats are what active users take. Every user is counted, and the disabled ones once more, as free seats: so those whose
 * seat nobody has marked free still count, and what is counted is never less than there is.
 */

/** What taking a seat adds to a transaction: a condition on the counter, or a write that lets only one be taken at a time. */
export type SeatClaim = { readonly condition?: Condition; readonly writes: readonly PlannedWrite[] };

/** Says whether a change takes a seat that was not taken before. */
export const takesSeat = (before: StoredResource | undefined, after: StoredResource): boolean =>
  after.type === USER && isActive(after) && (before === undefined || before.seat === 'free');

/** A resource that comes in, with its seat marked as it is. */
export function seated({ seat: _previous, ...resource }: StoredResource): StoredResource {
  return resource.type === USER && !isActive(resource) ? { ...resource, seat: 'free' } : resource;
}

export const freeSeats = ({ seat }: StoredResource): number => (seat === 'free' ? 1 : 0);

/**
 * A resource with the mark it has after a change. Where nobody counts seats, one that becomes free is not marked, so that a
 * deactivation is one write; it is found when it is looked for.
 */
export function seatedAfter(before: StoredResource, { seat: _any, ...after }: StoredResource, isCounting: boolean): StoredResource {
  const isFree = before.type === USER && !isActive(after) && (isCounting || before.seat === 'free');
  return isFree ? { ...after, seat: 'free' } : after;
}

/** Counts a seat that a change takes or frees. */
export function planSeat(before: StoredResource, after: StoredResource, claim: SeatClaim | undefined): readonly PlannedWrite[] {
  const freed = freeSeats(after) - freeSeats(before);
  return freed === 0 ? [] : [countSeat(before.type, before.id, { freed, condition: claim?.condition }), ...(claim?.writes ?? [])];
}

/** Marking a seat does not count the version up. */
export const isSeatAsRead = ({ seat }: Pick<StoredResource, 'seat'>): Condition =>
  seat === undefined ? isUnset('seat') : isEqual('seat', seat);
