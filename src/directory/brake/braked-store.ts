import { ScimError } from '../../scim/errors.ts';
import type { Directory, RequestContext } from '../context.ts';
import { overriding } from '../overriding.ts';
import type { Change, DirectoryStore } from '../ports.ts';
import type { CountedRemoval, RemovalBrakes } from './ports.ts';
import { counted, isReleased, waitSeconds, windowOf } from './window.ts';

type Trip = { readonly application: string; readonly limit: number; readonly requestId: string };

export type Brake = {
  readonly brakes: RemovalBrakes;
  /** Told once each time a brake trips. */
  readonly announce: (trip: Trip) => void;
};

type Braked = Brake & Pick<Directory, 'clock'> & { readonly context: RequestContext; readonly limit: number };

/**
 * The same store, which disables and removes no more than `limit` resources an hour for the application: each is counted in
 * the transaction that makes it, so however many come at once, none is missed, and none counts twice.
 */
export const brakedStore = (store: DirectoryStore, braked: Braked): DirectoryStore =>
  overriding(store, {
    commit: async (change, call) => store.commit(change, call, isCounted(change) ? await count(braked) : undefined),
  });

/** A removal counts, also of what was disabled before; and so does whatever takes `active` away. */
function isCounted(change: Change): boolean {
  if (change.kind === 'delete') return change.takesBack !== true;
  return change.kind === 'update' && change.before.attributes['active'] !== false && change.after.attributes['active'] === false;
}

/** @throws {ScimError} braked */
async function count({ brakes, announce, clock, context, limit }: Braked): Promise<CountedRemoval | undefined> {
  const { application } = context.principal;
  const [state, nowMs] = [await brakes.read(application, context), clock()];
  if (isReleased(state, nowMs)) return undefined;
  const window = windowOf(state, nowMs);
  if (window.count < limit) return counted(application, state, limit, nowMs);
  const isFirst = state.trippedAt === undefined && (await brakes.trip(application, new Date(nowMs), context));
  if (isFirst) announce({ application, limit, requestId: context.requestId });
  throw new ScimError(
    'braked',
    `This application has disabled or removed ${limit} resources within an hour, which is what its maxRemovalsPerHour allows: find out whether that is meant. "scim brake release" lets the others through; later they pass by themselves.`,
    { headers: { 'Retry-After': String(waitSeconds(window, nowMs)) } },
  );
}
