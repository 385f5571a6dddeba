import { drain } from '../../support/drain.ts';
import { contradictions } from '../../support/dynamodb-invariants.ts';
import { keysUnder, lastingManifests, readTable } from '../../support/dynamodb-table.ts';
import type { Site } from '../../support/site.ts';

const HOUR_MS = 3_600_000;

/** What contradicts itself, or was left behind, when all that is to be done afterwards has been. */
export async function problemsAtRest(site: Site): Promise<readonly string[]> {
  site.laterMs += HOUR_MS;
  await drain(site, { now: () => Date.now() + site.laterMs });
  const items = await readTable(site.client, site.tableName);
  return [
    ...contradictions(items),
    ...items.filter(({ change }) => change !== undefined).map(({ pk, sk }) => `${pk?.S} → ${sk?.S} is marked`),
    ...keysUnder(items, 'Change →'),
    ...lastingManifests(items),
  ];
}
