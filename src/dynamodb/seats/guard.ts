import { StaleRead } from '../../directory/ports.ts';
import { USER } from '../../directory/resource.ts';
import { anyOf, type Condition, isEqual, isUnset } from '../condition.ts';
import { COUNTERS } from '../counts.ts';
import type { Attributes } from '../item.ts';
import { keyOf } from '../keys.ts';
import { SCHEMA_VERSION } from '../table.ts';
import type { PlannedWrite } from '../write.ts';

/** One seat is taken in each turn: whoever read the sums before another one has taken the turn decides again. */
export const planTurn = (turn: number, set: Attributes = {}): PlannedWrite => ({
  write: {
    kind: 'update',
    key: keyOf.seats(USER),
    set: { ...set, schemaVersion: SCHEMA_VERSION, turn: turn + 1 },
    condition: isTurn(turn),
  },
  onConditionFailed: () => new StaleRead(),
});

/** All counter rows at once, so that a seat that is taken without a turn is in the sums, or is not taken. */
export const planGuard = (turn: number, application: string, isGuarded: boolean): readonly PlannedWrite[] => [
  planTurn(turn, { application }),
  ...Array.from(
    { length: COUNTERS },
    (_, place): PlannedWrite => ({
      write: {
        kind: 'update',
        key: keyOf.counterAt(USER, place),
        set: { schemaVersion: SCHEMA_VERSION, guarded: isGuarded ? 1 : undefined },
        add: { n: 0 },
      },
    }),
  ),
];

const isTurn = (turn: number): Condition => (turn === 0 ? anyOf(isUnset('turn'), isEqual('turn', 0)) : isEqual('turn', turn));
