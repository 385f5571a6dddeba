/**
 * Changes a directory at random while its server, its store and an application that follows it are killed again and again.
 * Exits 1 when the application's tables are not equal to the directory at the end, a change is not told of, or something is
 * told out of order.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFeed } from './feed/run.ts';
import { wholeNumber } from './support/whole-number.ts';

const HELP = `npm run bench:feed -- [options]

  --operations <n>  changes that are acknowledged, at least (10000)
  --crashes <n>     SIGKILLs of server, store, both, or the application that follows (100)
  --writers <n>     clients that write at the same time (8)
  --values <what>   EVENT_VALUES: none or profile (profile)
  --seed <n>        what victims, moments and changes are chosen from (1)
  --json            print the result as JSON
  --help            print this`;

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '10000' },
    crashes: { type: 'string', default: '100' },
    writers: { type: 'string', default: '8' },
    values: { type: 'string', default: 'profile' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-feed-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  mkdirSync(join(folder, 'tenants'));
  writeFileSync(join(folder, 'tenants', 'example.json'), JSON.stringify({ name: 'example', events: { values: options.values } }));
  const began = performance.now();
  const result = await runFeed({
    folder,
    hasValues: options.values === 'profile',
    operations: wholeNumber('--operations', options.operations),
    crashes: wholeNumber('--crashes', options.crashes),
    writers: wholeNumber('--writers', options.writers),
    seed: wholeNumber('--seed', options.seed),
    say: (line) => void process.stderr.write(`${line}\n`),
  });
  const seconds = (performance.now() - began) / 1_000;
  const { operations, interrupted, killed, events, repeats, acknowledged, users, groups, faults } = result;
  const lines = [
    `${operations} operations and ${Object.values(killed).reduce((sum, count) => sum + count, 0)} kills in ${seconds.toFixed(0)} s: ` +
      Object.entries(killed)
        .map(([victim, count]) => `${victim} ${count}`)
        .join(', '),
    `${acknowledged} acknowledged versions, ${interrupted} operations without an answer`,
    `${events} events in the log, ${repeats} of them repeats; ${users} users and ${groups} groups at the end`,
    `${faults.length} faults`,
    ...faults.slice(0, 20).map((fault) => `  ${fault.slice(0, 400)}`),
  ];
  console.log(options.json ? JSON.stringify({ ...result, seconds }) : lines.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}
