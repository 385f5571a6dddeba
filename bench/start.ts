/**
 * Measures how long one waits for the first word of a command: fresh process → first output, against a Node that does
 * nothing. Fastest of several runs, in turns, so that a busy machine counts for little. Exits 1 when any takes more than
 * eight times as long as `node -e 0`, which is 200 ms where that takes 25.
 *
 *   npm run bench:start [-- --runs 11]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const MAX_RATIO = 8;
const SCIM = ['--import', './cli/compile-cache.mjs', 'cli/main.ts'];
const LINES = ['--help', '--version', 'token --help', 'token list --local', 'app set --help', 'tenant list'];

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '11' } } });
const runs = Math.max(3, Number(options.runs));

const commands = [['-e', '0'], ...LINES.map((line) => [...SCIM, ...line.split(' ')])];
const fastest = commands.map(() => Number.POSITIVE_INFINITY);
for (let run = 0; run < runs; run += 1) {
  for (const [index, words] of commands.entries()) fastest[index] = Math.min(fastest[index] ?? 0, await firstOutputMs(words));
}
const [nothing = 0, ...measured] = fastest;
console.log(`${'node -e 0'.padEnd(28)}${nothing.toFixed(0).padStart(6)} ms`);
for (const [index, ms] of measured.entries()) {
  console.log(`${`scim ${LINES[index]}`.padEnd(28)}${ms.toFixed(0).padStart(6)} ms  ${(ms / nothing).toFixed(1)} times`);
}
process.exitCode = measured.every((ms) => ms / nothing <= MAX_RATIO) ? 0 : 1;

/** Until the first byte on either stream, or the end where there is none. */
async function firstOutputMs(words: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, words, { env: { ...process.env, DATA_DIR: '/no/such/folder' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended]);
  const ms = performance.now() - begun;
  await ended;
  return ms;
}
