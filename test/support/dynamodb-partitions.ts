import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sizeOf } from './dynamodb-table.ts';
import { primaryKeyOf, type Target, targetsOf } from './dynamodb-writes.ts';

/** AWS serves this many write units a second under one partition key. */
const UNITS_PER_SECOND = 1_000;

export type PartitionMeter = {
  /** Seconds AWS needs at least, for the partition key that was written to most. */
  secondsOnAws(): number;
  /** Begins again from nothing. */
  reset(): void;
};

/** Counts the write units of each partition key, from the size of what is sent: the embedded store has no limit there. */
export function meterPartitions(client: DynamoDBClient): PartitionMeter {
  const units = new Map<string, number>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { kind, targets = [] } = targetsOf(context.commandName, args.input) ?? {};
      for (const target of targets) {
        const { pk } = primaryKeyOf(target);
        units.set(pk, (units.get(pk) ?? 0) + unitsOf(target) * (kind === 'transaction' ? 2 : 1));
      }
      return next(args);
    },
    { step: 'initialize', name: 'meterPartitions' },
  );
  return {
    secondsOnAws: () => [...units.values()].reduce((most, each) => Math.max(most, each), 0) / UNITS_PER_SECOND,
    reset: () => units.clear(),
  };
}

const unitsOf = ({ Key, Item, ExpressionAttributeValues }: Target): number =>
  Math.max(1, Math.ceil(sizeOf({ ...Key, ...Item, ...ExpressionAttributeValues }) / 1_024));
