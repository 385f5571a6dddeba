import type { Random } from '../support/random.ts';

/** What happens to one call on its way to the store and back. */
export type Fault =
  | { readonly kind: 'refused'; readonly status: number; readonly body: string }
  /** The work is done, or not, and the client waits for an answer that never comes. */
  | { readonly kind: 'silence'; readonly isDone: boolean }
  | { readonly kind: 'reset'; readonly isDone: boolean }
  /** Half of the answer comes. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'slow'; readonly ms: number };

const refused = (type: string, status = 400, more: object = {}): Fault => ({
  kind: 'refused',
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...more }),
});

const LONGEST_SLOWNESS_MS = 300;

type Make = (random: Random, call: Call) => Fault;

export type Call = { readonly operation: string; readonly body: string };

const LOSING: readonly (readonly [title: string, make: Make])[] = [
  ['throttled', () => refused('ThrottlingException')],
  ['throughput exceeded', () => refused('ProvisionedThroughputExceededException')],
  ['request limit exceeded', () => refused('RequestLimitExceeded')],
  ['500', () => refused('InternalServerError', 500)],
  ['503 that is no JSON', () => ({ kind: 'refused', status: 503, body: '<html>Service Unavailable</html>' })],
  ['silence before the commit', () => ({ kind: 'silence', isDone: false })],
  ['silence after the commit', () => ({ kind: 'silence', isDone: true })],
  ['reset before the commit', () => ({ kind: 'reset', isDone: false })],
  ['reset after the commit', () => ({ kind: 'reset', isDone: true })],
  ['half an answer', () => ({ kind: 'torn' })],
  ['conflict', (_, call) => conflictOf(call)],
];

const SLOW: readonly [string, Make] = ['slow', (random) => ({ kind: 'slow', ms: random.below(LONGEST_SLOWNESS_MS) })];

/** By title, so that what happened can be counted. */
export function faultFor(random: Random, call: Call, isAnswerPossible: boolean): readonly [title: string, fault: Fault] {
  const [title, make] = random.pick(isAnswerPossible ? [...LOSING, SLOW] : LOSING);
  return [title, make(random, call)];
}

/** A transaction says of each of its items whether it was that one; what reads meets no conflicts, and is throttled. */
function conflictOf({ operation, body }: Call): Fault {
  if (!operation.startsWith('TransactWrite'))
    return refused(
      operation.endsWith('Item') && operation !== 'GetItem' && operation !== 'BatchGetItem'
        ? 'TransactionConflictException'
        : 'ThrottlingException',
    );
  const count: number = JSON.parse(body).TransactItems.length;
  const CancellationReasons = Array.from({ length: count }, (_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' }));
  return refused('TransactionCanceledException', 400, { CancellationReasons });
}
