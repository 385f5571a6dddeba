import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Usage } from '../directory/ports.ts';

export type MeteredOutput = { readonly ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] | undefined };

/** How long a chain of calls has already ended, by the usage of the request they belong to. */
const longestEnded = new WeakMap<Usage, number>();

/**
 * Runs one call to the store and adds what it cost.
 *
 * A call's place in the chain is one beyond the longest chain that had ended when it began, so calls that overlap count as
 * one round trip and no clock is needed.
 */
export async function metered<Output extends MeteredOutput>(
  usage: Usage,
  kind: 'read' | 'write',
  run: () => Promise<Output>,
): Promise<Output> {
  const place = (longestEnded.get(usage) ?? 0) + 1;
  usage.calls += 1;
  usage.roundTrips = Math.max(usage.roundTrips, place);
  try {
    const output = await run();
    addUnits(usage, kind, output);
    return output;
  } finally {
    longestEnded.set(usage, Math.max(longestEnded.get(usage) ?? 0, place));
  }
}

function addUnits(usage: Usage, kind: 'read' | 'write', { ConsumedCapacity: consumed = [] }: MeteredOutput): void {
  for (const { CapacityUnits: units = 0 } of Array.isArray(consumed) ? consumed : [consumed]) {
    if (kind === 'read') usage.readUnits += units;
    else usage.writeUnits += units;
  }
}
