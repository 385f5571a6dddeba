/**
 * Mixed traffic through the handlers, first while something happens to one call in twenty between them and the store, then
 * to every one. Exits 1 when more than 0.01 % of the first requests fail, any of them otherwise than with 503 and
 * Retry-After, a client finds anything but what it was told, or the table contradicts itself.
 *
 * When none of n requests fails, fewer than 3/n do with 95 % certainty: to claim 0.01 % takes 30,000.
 */
import { parseArgs } from 'node:util';
import { startDynamoDb } from '../test/support/dynamodb-process.ts';
import { judgeAll, judgeSome, type Verdict } from './faults/judge.ts';

const HELP = `npm run bench:faults -- [options]

  --requests <n>  requests to send while something happens to some calls (30000)
  --clients <n>   clients that send at the same time (100)
  --percent <n>   calls that something happens to (5)
  --in-vain <n>   requests to send while something happens to every call (300)
  --seed <n>      what happens to which (1)
  --help          print this`;

const { values: options } = parseArgs({
  options: {
    requests: { type: 'string', default: '30000' },
    clients: { type: 'string', default: '100' },
    percent: { type: 'string', default: '5' },
    'in-vain': { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const store = await startDynamoDb();
  const common = { store: store.endpoint, clients: wholeNumber(options.clients), seed: wholeNumber(options.seed) };
  const percent = wholeNumber(options.percent);
  const some = await judgeSome({ ...common, requests: wholeNumber(options.requests) }, percent / 100);
  report(`${percent} % of the calls`, some);
  if (some.failed === 0) console.log(`With 95 % certainty, fewer than ${(300 / some.requests).toFixed(4)} % of the requests fail.`);
  const all = await judgeAll({ ...common, requests: wholeNumber(options['in-vain']) });
  report('every call', all);
  await store.stop();
  const failed = [some, all].filter(({ problems }) => problems.length > 0).length;
  console.log(`${2 - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function report(title: string, { counts, requests, failed, longestMs, problems }: Verdict): void {
  console.log(`\nSomething happens to ${title}:`);
  for (const [fault, count] of [...counts].sort()) console.log(`  ${fault.padEnd(26)}${String(count).padStart(9)}`);
  console.log(`${requests} requests, ${failed} failed, the longest took ${(longestMs / 1_000).toFixed(1)} s.`);
  for (const problem of problems.slice(0, 10)) console.log(`  ${problem}`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`"${text}" is no whole number`);
}
