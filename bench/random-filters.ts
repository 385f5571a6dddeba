/**
 * Reads random filters and PATCH paths — valid, nearly valid, garbage, and made to take long — and evaluates the filters
 * that are valid. Exits 1 when one takes longer than 5 ms, throws anything but a refusal, or is refused though it is valid.
 */
import { parseArgs } from 'node:util';
import { type Asked, ask } from './random-filters/ask.ts';
import { judge, MAX_MS } from './random-filters/judge.ts';
import { fullResource } from './random-filters/resources.ts';
import { type Fault, type Row, Tally } from './random-filters/tally.ts';
import { seededRandom } from './support/random.ts';
import { wholeNumber } from './support/whole-number.ts';

const HELP = `npm run bench:filters -- [options]

  --count <n>  filters and paths to read (100000)
  --seed <n>   what they are made from; the same seed makes the same ones (1)
  --json       print the result as JSON
  --help       print this`;

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else run(wholeNumber('--count', options.count), wholeNumber('--seed', options.seed));

function run(count: number, seed: number): void {
  const began = performance.now();
  const tally = readAll(count, seed);
  const seconds = (performance.now() - began) / 1_000;
  const result = { count, seed, seconds, maxMs: MAX_MS, rows: tally.rows(), faultCount: tally.faultCount, faults: tally.faults };
  console.log(options.json ? JSON.stringify(result) : describe(result));
  process.exitCode = tally.faultCount === 0 ? 0 : 1;
}

/** The first texts are read twice: what is not compiled yet is slow once, and that once would count. */
function readAll(count: number, seed: number): Tally {
  const warmUp = seededRandom(seed);
  for (let n = 0; n < Math.min(2_000, count); n += 1) judge(ask(warmUp), fullResource);
  const tally = new Tally();
  const random = seededRandom(seed);
  for (let n = 1; n <= count; n += 1) {
    const asked: Asked = ask(random);
    tally.add(asked, judge(asked, fullResource));
    if (n % Math.ceil(count / 10) === 0) process.stderr.write(`${n} of ${count} read, ${tally.faultCount} at fault\n`);
  }
  return tally;
}

type Result = {
  readonly count: number;
  readonly seed: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly faultCount: number;
  readonly faults: readonly Fault[];
};

function describe({ count, seed, seconds, rows, faultCount, faults }: Result): string {
  const kinds = [...new Set(rows.flatMap(({ outcomes }) => Object.keys(outcomes)))].sort();
  const line = (title: string, cells: readonly string[]): string => title.padEnd(20) + cells.map((cell) => cell.padStart(14)).join('');
  const counts = (row: Row): readonly string[] => [row.count, ...kinds.map((kind) => row.outcomes[kind] ?? 0)].map(String);
  return [
    line('', ['count', ...kinds.map((kind) => kind.replace('refused: ', '').slice(0, 13)), 'p99.9 ms', 'slowest ms']),
    ...rows.map((row) => line(row.title, [...counts(row), row.p999Ms.toFixed(2), row.slowestMs.toFixed(2)])),
    `${count} read in ${seconds.toFixed(1)} s from seed ${seed}; at most ${MAX_MS} ms each, ${faultCount} at fault`,
    ...faults.map(
      ({ reason, kind, type, text }) => `  ${type} ${kind}, ${reason}: ${JSON.stringify(text.slice(0, 200))} (${text.length} characters)`,
    ),
  ].join('\n');
}
