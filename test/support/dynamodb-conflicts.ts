import { setTimeout } from 'node:timers/promises';
import { type DynamoDBClient, TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { primaryKeyOf, targetsOf } from './dynamodb-writes.ts';

export type Conflicts = { count: number };

/**
 * Refuses what AWS would refuse and the embedded store never does: a transaction that meets an item which another write
 * is just changing, and a single write that meets a transaction.
 *
 * Each write is held for a moment, so that those sent at the same time do overlap.
 */
export function refuseOverlaps(client: DynamoDBClient, { holdMs = 2 }: { readonly holdMs?: number } = {}): Conflicts {
  const conflicts: Conflicts = { count: 0 };
  const inFlight = { transaction: new Set<string>(), single: new Set<string>() };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const writes = writesOf(context.commandName, args.input);
      if (!writes) return next(args);
      const { keys, kind } = writes;
      const isBusy = (key: string): boolean => inFlight.transaction.has(key) || (kind === 'transaction' && inFlight.single.has(key));
      if (keys.some(isBusy)) {
        conflicts.count += 1;
        throw kind === 'transaction'
          ? cancelled(keys.map(isBusy))
          : new TransactionConflictException({ message: 'conflict', $metadata: {} });
      }
      return holding(inFlight[kind], keys, async () => {
        const result = await next(args);
        await setTimeout(holdMs);
        return result;
      });
    },
    { step: 'initialize', name: 'refuseOverlaps' },
  );
  return conflicts;
}

function writesOf(command: string | undefined, input: object) {
  const writes = targetsOf(command, input);
  return writes && { kind: writes.kind, keys: writes.targets.map(primaryKeyOf).map(({ pk, sk }) => `${pk}\n${sk}`) };
}

async function holding<Result>(held: Set<string>, keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
  for (const key of keys) held.add(key);
  try {
    return await work();
  } finally {
    for (const key of keys) held.delete(key);
  }
}

const cancelled = (conflicting: readonly boolean[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: conflicting.map((is) => ({ Code: is ? 'TransactionConflict' : 'None' })),
  });
