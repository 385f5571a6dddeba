import type { StoreCall } from '../../directory/ports.ts';
import { isActive, type StoredResource, USER } from '../../directory/resource.ts';
import { eachAtOnce } from '../at-once.ts';
import { allOf, anyOf, isBelow, isEqual, isUnset } from '../condition.ts';
import { countSeat } from '../counts.ts';
import { type Attributes, optionalText } from '../item.ts';
import { keyOf, partitionOf } from '../keys.ts';
import { toResource } from '../rows.ts';
import { SCHEMA_VERSION } from '../table.ts';
import type { TableClient } from '../table-client.ts';
import { isSuperseded, type PlannedWrite, Superseded } from '../write.ts';

export type Seating = { readonly table: TableClient; readonly now: () => number };

/** It is looked once in so long, by one request, however many are refused. */
const LOOK_PAUSE_MS = 60_000;
/** What one request spends on it; another goes on where it ended. */
const LOOK_MS = 5_000;

/**
 * Looks for users that were disabled while nobody counted, marks their seats as free, and says how many there were.
 *
 * @param guard as it was read
 */
export async function findFreeSeats(seating: Seating, guard: Attributes | undefined, call: StoreCall): Promise<number> {
  const { table, now } = seating;
  const begin = now();
  if (await isSuperseded(table.execute({ writes: [planLook(begin)] }, call))) return 0;
  const endMs = Math.min(begin + LOOK_MS, call.deadlineMs - LOOK_MS);
  let place = guard && optionalText(guard, 'lookedUpTo');
  let found = 0;
  let isOver = true;
  for await (const rows of table.pages({ pk: partitionOf.resources(USER), ...(place !== undefined && { after: place }) }, call)) {
    const users = rows.map((row) => toResource(USER, row));
    found += await markAll(table, users.filter(isUncounted), call);
    place = users.at(-1)?.id ?? place;
    isOver = now() < endMs;
    if (!isOver) break;
  }
  await table.execute({ writes: [planLooked(isOver ? undefined : place)] }, call);
  return found;
}

const isUncounted = (user: StoredResource): boolean => !isActive(user) && user.seat === undefined;

async function markAll(table: TableClient, users: readonly StoredResource[], call: StoreCall): Promise<number> {
  let marked = 0;
  await eachAtOnce(users, async (user) => {
    if (!(await isSuperseded(table.execute({ writes: planMark(user) }, call)))) marked += 1;
  });
  return marked;
}

const superseded = () => new Superseded();

const planMark = ({ id, version }: StoredResource): readonly PlannedWrite[] => [
  {
    write: {
      kind: 'update',
      key: keyOf.resource(USER, id),
      set: { seat: 'free' },
      condition: allOf(isEqual('version', version), isUnset('seat')),
    },
    onConditionFailed: superseded,
  },
  countSeat(USER, id, { freed: 1 }),
];

const planLook = (nowMs: number): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.seats(USER),
    set: { schemaVersion: SCHEMA_VERSION, lookedAt: nowMs },
    condition: anyOf(isUnset('lookedAt'), isBelow('lookedAt', nowMs - LOOK_PAUSE_MS)),
  },
  onConditionFailed: superseded,
});

/** One that has not come to the end is gone on with by the next who is refused. */
const planLooked = (lookedUpTo: string | undefined): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.seats(USER),
    set: { schemaVersion: SCHEMA_VERSION, lookedUpTo, ...(lookedUpTo !== undefined && { lookedAt: undefined }) },
  },
});
