import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { BrakeState, CountedRemoval, RemovalBrakes } from '../directory/brake/ports.ts';
import { StaleRead } from '../directory/ports.ts';
import { allOf, isAbsent, isBelow, isEqual, isPresent, isUnset } from './condition.ts';
import { type Attributes, number, optionalNumber, optionalText } from './item.ts';
import { keyOf } from './keys.ts';
import { type Pace, REAL_PACE } from './retry.ts';
import { SCHEMA_VERSION } from './table.ts';
import { TableClient } from './table-client.ts';
import { isSuperseded, type PlannedWrite, Superseded } from './write.ts';

export type RemovalBrakesOptions = Partial<Pace> & { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

/** One small item for each application, which is there only while something counts. */
export function openRemovalBrakes({ client, tableName, ...pace }: RemovalBrakesOptions): RemovalBrakes {
  const table = new TableClient(client, tableName, { ...REAL_PACE, ...pace });
  return {
    read: async (application, call) => toState((await table.get(keyOf.brake(application), call)) ?? {}),
    trip: async (application, at, call) => !(await isSuperseded(table.execute({ writes: [planTrip(application, at)] }, call))),
    release: (application, { at, until }, call) => table.execute({ writes: [planRelease(application, at, until)] }, call),
  };
}

/**
 * Counts one more. What others have counted since it was decided is no reason to decide again, unless the limit is reached,
 * or counts were dropped.
 */
export function planCounted({ application, state, slot, expired, limit, until }: CountedRemoval): PlannedWrite {
  const { generation, counts } = state;
  const forgotten = expired.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
  return {
    write: {
      kind: 'update',
      key: keyOf.brake(application),
      set: {
        schemaVersion: SCHEMA_VERSION,
        ttl: until,
        generation: (generation ?? 0) + (generation === undefined || expired.length > 0 ? 1 : 0),
        trippedAt: undefined,
        releasedUntil: undefined,
        ...Object.fromEntries(expired.map((each) => [nameOf(each), undefined])),
      },
      add: { [nameOf(slot)]: 1, total: 1 - forgotten },
      condition: generation === undefined ? isAbsent : allOf(isEqual('generation', generation), isBelow('total', limit + forgotten)),
    },
    onConditionFailed: () => new StaleRead(),
  };
}

/** A trip that was noted already, or has been released meanwhile, is nobody's first. */
const planTrip = (application: string, at: Date): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.brake(application),
    set: { trippedAt: at.toISOString() },
    condition: allOf(isPresent, isUnset('trippedAt'), isUnset('releasedUntil')),
  },
  onConditionFailed: () => new Superseded(),
});

/** The time is a generation that no count has had. */
const planRelease = (application: string, at: Date, until: Date): PlannedWrite => ({
  write: {
    kind: 'put',
    key: keyOf.brake(application),
    attributes: { generation: at.getTime(), total: 0, releasedUntil: until.getTime(), ttl: Math.ceil(until.getTime() / 1_000) },
  },
});

const nameOf = (slot: number): string => `slot${slot}`;

function toState(row: Attributes): BrakeState {
  const slots = Object.keys(row).flatMap((name) => /^slot(\d+)$/.exec(name)?.[1] ?? []);
  return {
    counts: new Map(slots.map((slot) => [Number(slot), number(row, nameOf(Number(slot)))])),
    generation: optionalNumber(row, 'generation'),
    trippedAt: optionalText(row, 'trippedAt'),
    releasedUntilMs: optionalNumber(row, 'releasedUntil'),
  };
}
