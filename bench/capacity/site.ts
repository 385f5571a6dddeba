import { PRESETS } from '../../src/access/presets.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import { drain } from '../../test/support/drain.ts';
import { meterPartitions, type PartitionMeter } from '../../test/support/dynamodb-partitions.ts';
import { type Answer, type Endpoint, openEndpoint } from '../../test/support/endpoint.ts';
import { fillMembers, fillResources } from '../support/fill.ts';
import { asMember, inventedGroup, inventedUser, STAMP } from '../support/invented.ts';

/** A directory of so many users, who are all in one group, and what its requests cost. */
export type CapacitySite = {
  readonly size: number;
  readonly users: readonly StoredResource[];
  readonly everyone: StoredResource;
  readonly endpoint: Endpoint;
  readonly partitions: PartitionMeter;
};

export async function openCapacitySite(size: number): Promise<CapacitySite> {
  const endpoint = await openEndpoint({ policy: PRESETS.entra.settings });
  const users = Array.from({ length: size }, (_, n) => inventedUser(n));
  const everyone = inventedGroup(0);
  await fillResources(endpoint.table, [...users, everyone], STAMP);
  await fillMembers(endpoint.table, everyone, users.map(asMember));
  return { size, users, everyone, endpoint, partitions: meterPartitions(endpoint.table.client) };
}

/** What one request cost. */
export type Cost = {
  readonly calls: number;
  readonly roundTrips: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Write units of the partition key that was written to most, what was left for afterwards included. */
  readonly busiestKeyUnits: number;
};

export async function costOf({ endpoint, partitions }: CapacitySite, request: () => Promise<Answer>): Promise<Cost> {
  partitions.reset();
  const { line } = done(await request());
  await drain(endpoint.table, { inspects: false });
  const { storeCalls: calls, storeRoundTrips: roundTrips, writeUnits, readUnits } = line;
  return { calls, roundTrips, writeUnits, readUnits, busiestKeyUnits: Math.round(partitions.secondsOnAws() * 1_000) };
}

/** @throws {Error} the request was refused: what it cost would say nothing */
export function done(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`A request was answered ${answer.status}: ${answer.text}`);
  return answer;
}
