/**
 * Counts what the feed adds to a change: invocations, table units and bytes of the log, by the real stream function and
 * worker on the embedded store. Exits 1 when one costs more than it may.
 */
import { startDynamoDb } from '../test/support/dynamodb-process.ts';
import { type FeedCost, measureCosts, tooDear } from './feed/cost.ts';

const isJson = process.argv.includes('--json');
const database = await startDynamoDb();
process.env['TEST_DYNAMODB_ENDPOINT'] = database.endpoint;
try {
  report([...(await measureCosts('none')), ...(await measureCosts('profile'))]);
} finally {
  await database.stop();
}

function report(costs: readonly FeedCost[]): void {
  const wrong = costs.flatMap(tooDear);
  const line = (name: string, cells: readonly (string | number)[]): string =>
    name.padEnd(26) + cells.map((cell) => String(cell).padStart(12)).join('');
  const lines = [
    line('change', ['values', 'invocations', 'errands', 'events', 'items', 'bytes', 'write units', 'read units']),
    ...costs.map(({ change, values, invocations, errands, events, logItems, logBytes, writeUnits, readUnits }) =>
      line(change, [values, invocations, errands, events, logItems, logBytes, writeUnits, readUnits]),
    ),
    ...wrong.map((each) => `too dear: ${each}`),
  ];
  console.log(isJson ? JSON.stringify({ costs, wrong }) : lines.join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
