import { USER } from '../../support/bulk.ts';
import { drain } from '../../support/drain.ts';
import { contradictions } from '../../support/dynamodb-invariants.ts';
import { keysUnder, readTable } from '../../support/dynamodb-table.ts';
import type { Site } from '../../support/site.ts';
import { aGroup } from './world.ts';

const HOUR_MS = 3_600_000;

/** What contradicts itself, or was left behind, when all that is to be tidied has been. */
export async function problemsAtRest(site: Site): Promise<readonly string[]> {
  site.laterMs += HOUR_MS;
  if ((await readTable(site.client, site.tableName)).some(({ pk }) => pk?.S === 'Change')) await makeAnotherLargeChange(site);
  await drain(site);
  const items = await readTable(site.client, site.tableName);
  const announced = items.filter(({ pk, ttl }) => pk?.S?.startsWith('Outbox#') && ttl === undefined).map(({ sk }) => sk?.S ?? '');
  return [
    ...contradictions(items).filter((problem) => !announced.some((id) => problem.includes(id))),
    ...items.filter(({ change }) => change !== undefined).map(({ pk, sk }) => `${pk?.S} → ${sk?.S} is marked`),
    ...keysUnder(items, 'Change →'),
    ...keysUnder(items, 'Group#').filter((key) => key.includes('#Change#')),
  ];
}

/** Whoever makes a large change clears up after those who never came to it. */
async function makeAnotherLargeChange({ begin }: Site): Promise<void> {
  const { endpoint } = await begin();
  const users = ['t1', 't2', 't3'].map((userName) => endpoint.send('POST', '/Users', { body: { schemas: [USER], userName } }));
  const ids = (await Promise.all(users)).map(({ json }) => json.id);
  await endpoint.send('POST', '/Groups', { body: aGroup('the next large one', ids) });
}
