import * as z from 'zod/mini';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { applicationIn } from '../../access/applications/find-application.ts';
import type { ApplicationRepository, StoreCall } from '../../access/ports.ts';
import type { RemovalBrakes } from './ports.ts';
import { isReleased, windowOf } from './window.ts';

export type BrakeAdministration = {
  readonly applications: Pick<ApplicationRepository, 'list'>;
  readonly brakes: RemovalBrakes;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

export const shownBrakeSchema = z.readonly(
  z.object({
    application: z.string(),
    /** Null: there is no brake. */
    limit: z.nullable(z.int()),
    /** Disabled and removed within the last hour; nothing is counted without a limit, or during a release. */
    count: z.int(),
    state: z.enum(['off', 'open', 'holding', 'released']),
    /** ISO 8601. */
    holdsSince: z.nullable(z.string()),
    releasedUntil: z.nullable(z.string()),
  }),
);
export type ShownBrake = z.output<typeof shownBrakeSchema>;

/** @throws {AdminRefusal} when there is no such application */
export async function showBrake(
  administration: BrakeAdministration,
  request: RequestOf<'brake.show'>,
  call: StoreCall,
): Promise<Administered<ShownBrake>> {
  const at = new Date(administration.now());
  const { application } = request;
  return { result: await look(administration, application, at, call), event: eventOf(request, at, { application }) };
}

/**
 * Lets everything through for some time, and begins to count anew after it. It is followed at once.
 *
 * @throws {AdminRefusal} when there is no such application
 */
export async function releaseBrake(
  administration: BrakeAdministration,
  request: RequestOf<'brake.release'>,
  call: StoreCall,
): Promise<Administered<ShownBrake>> {
  const at = new Date(administration.now());
  const { application, minutes } = request;
  applicationIn(await administration.applications.list(call), application, at);
  await administration.brakes.release(application, { at, until: new Date(at.getTime() + minutes * 60_000) }, call);
  return { result: await look(administration, application, at, call), event: eventOf(request, at, { application, counts: { minutes } }) };
}

async function look({ applications, brakes }: BrakeAdministration, key: string, at: Date, call: StoreCall): Promise<ShownBrake> {
  const [all, state] = await Promise.all([applications.list(call), brakes.read(key, call)]);
  const limit = applicationIn(all, key, at).policy.maxRemovalsPerHour;
  const { count } = windowOf(state, at.getTime());
  const releasedUntil = isReleased(state, at.getTime()) ? new Date(state.releasedUntilMs ?? 0).toISOString() : null;
  const isHolding = limit !== null && releasedUntil === null && count >= limit;
  return {
    application: key,
    limit,
    count,
    state: stateOf(limit, releasedUntil, isHolding),
    holdsSince: isHolding ? (state.trippedAt ?? null) : null,
    releasedUntil,
  };
}

function stateOf(limit: number | null, releasedUntil: string | null, isHolding: boolean): ShownBrake['state'] {
  if (limit === null) return 'off';
  if (releasedUntil !== null) return 'released';
  return isHolding ? 'holding' : 'open';
}
