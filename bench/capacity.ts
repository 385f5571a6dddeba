/**
 * Counts what requests cost the table, by the real handlers, in directories and groups of different sizes. Exits 1 when an
 * operation costs more in a large one than in a small one, or a page more than the page before it.
 */
import { parseArgs } from 'node:util';
import { PRICE_LIST } from '../cli/commands/cost/prices.ts';
import { startDynamoDb } from '../test/support/dynamodb-process.ts';
import { tooSlow, unequalPages, unequalRows } from './capacity/judge.ts';
import { measureManyMembers, measureOperations, type Row } from './capacity/operations.ts';
import { type Walk, walkByCursor, walkByIndex } from './capacity/pages.ts';
import { dollarsPerMillion } from './capacity/prices.ts';
import { type CapacitySite, openCapacitySite } from './capacity/site.ts';
import { wholeNumber } from './support/whole-number.ts';

const HELP = `npm run bench:capacity -- [options]

  --sizes <n,n,…>  users in the directory, and members of the group (10,100,1000,100000)
  --small          sizes 10, 100 and 1000, in half a minute
  --json           print the result as JSON
  --help           print this`;

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000,100000' },
    small: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run((options.small ? '10,100,1000' : options.sizes).split(',').map((size) => wholeNumber('--sizes', size)));

type Measured = { readonly rows: readonly Row[]; readonly walks: readonly Walk[]; readonly many: Row; readonly members: number };

async function run(sizes: readonly number[]): Promise<void> {
  const database = await startDynamoDb();
  process.env['TEST_DYNAMODB_ENDPOINT'] = database.endpoint;
  try {
    const measured: Measured[] = [];
    for (const size of sizes) measured.push(await measure(size));
    report(measured);
  } finally {
    await database.stop();
  }
}

async function measure(size: number): Promise<Measured> {
  const began = performance.now();
  const say = (text: string): void =>
    void process.stderr.write(`${size}: ${text}, ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
  const site = await openCapacitySite(size);
  say('filled');
  const walks = [await calmly(walkByIndex, site), await calmly(walkByCursor, site)];
  say(`${walks[0]?.pages.length} pages read twice`);
  const rows = await measureOperations(site);
  const members = Math.min(size, 10_000);
  const many = await measureManyMembers(site, members);
  say('measured');
  return { rows, walks, many, members };
}

/** A bookmark is not waited for long: on a busy machine one may be missing, which a second walk tells from a fault. */
async function calmly(walk: (site: CapacitySite) => Promise<Walk>, site: CapacitySite): Promise<Walk> {
  const first = await walk(site);
  return unequalPages(first).length === 0 ? first : walk(site);
}

function report(measured: readonly Measured[]): void {
  const rows = measured.flatMap((one) => one.rows).toSorted((one, other) => one.operation.localeCompare(other.operation));
  const walks = measured.flatMap((one) => one.walks).toSorted((one, other) => one.operation.localeCompare(other.operation));
  const wrong = [...unequalRows(rows), ...walks.flatMap(unequalPages), ...measured.flatMap(({ many, members }) => tooSlow(many, members))];
  const all = [...rows, ...walks.flatMap(rowsOf), ...measured.map(({ many }) => many)];
  if (options.json) console.log(JSON.stringify({ prices: PRICE_LIST, rows: all, wrong }));
  else console.log(table(all, wrong));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

/** Its first, second, middle and last page. */
function rowsOf({ operation, size, pages }: Walk): readonly Row[] {
  const shown = new Set([1, 2, Math.ceil(pages.length / 2), pages.length]);
  return [...shown].flatMap((k) => {
    const cost = pages[k - 1];
    return cost === undefined ? [] : [{ operation: `${operation}, k = ${k}`, size, cost }];
  });
}

function table(rows: readonly Row[], wrong: readonly string[]): string {
  const line = (operation: string, cells: readonly string[]): string =>
    operation.padEnd(26) + cells.map((cell) => cell.padStart(11)).join('');
  const secondsOf = (units: number): string => `${(units / 1_000).toFixed(3)} s`;
  return [
    line('operation', ['size', 'calls', 'trips', 'WCU', 'RCU', '$/million', 'on AWS']),
    ...rows.map(({ operation, size, cost }) =>
      line(operation, [
        ...[size, cost.calls, cost.roundTrips, cost.writeUnits, cost.readUnits].map(String),
        dollarsPerMillion(cost).toFixed(3),
        secondsOf(cost.busiestKeyUnits),
      ]),
    ),
    `$ at the prices of ${PRICE_LIST.region}, ${PRICE_LIST.from}; on AWS: what its busiest partition key needs, at 1,000 write units a second`,
    wrong.length === 0 ? 'flat: the same at every size, and for every page' : `${wrong.length} not flat`,
    ...wrong.map((each) => `  ${each}`),
  ].join('\n');
}
