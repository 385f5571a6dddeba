/**
 * Measures what a cold start costs: fresh process → bundle loaded → first answer, for the users handler (token checked,
 * user read) against a handler that is nothing but the SDK clients. Exits 1 when ours is the slower one, twice.
 *
 *   npm run bench:cold [-- --runs 25] [--json]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS, bundleHandlers } from '../lib/bundle.ts';
import { type Measurement, measureStarts, median } from './cold/measure.ts';
import { startStubServices } from './cold/stub-services.ts';

const MAX_RATIO = 1;

const { values: options } = parseArgs({
  options: { runs: { type: 'string', default: '25' }, json: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'bench-cold-'));
const stubs = await startStubServices();
try {
  const bundles = await bundle(folder);
  const runs = Math.max(11, Number(options.runs));
  const first = compare(await measureStarts(bundles, stubs.url, runs));
  const result = first.ratio <= MAX_RATIO ? first : compare(await measureStarts(bundles, stubs.url, runs));
  console.log(options.json ? JSON.stringify({ runs, ...result }) : describe(result, runs));
  process.exitCode = result.ratio <= MAX_RATIO ? 0 : 1;
} finally {
  stubs.close();
  rmSync(folder, { recursive: true, force: true });
}

type Comparison = { readonly users: Measurement; readonly sdkOnly: Measurement; readonly ratio: number };

async function bundle(into: string): Promise<readonly [users: string, sdkOnly: string]> {
  await bundleHandlers({ from: 'lambdas', into });
  const sdkOnly = join(into, 'sdk-only.mjs');
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: [fileURLToPath(new URL('./cold/sdk-only.ts', import.meta.url))],
    outfile: sdkOnly,
    plugins: [],
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
  });
  return [join(into, 'users', 'index.mjs'), sdkOnly];
}

function compare([users, sdkOnly]: readonly Measurement[]): Comparison {
  if (users === undefined || sdkOnly === undefined) throw new TypeError('two bundles are compared');
  return { users, sdkOnly, ratio: median(users.totalsMs.map((totalMs, round) => totalMs / (sdkOnly.totalsMs[round] ?? Number.NaN))) };
}

function describe({ users, sdkOnly, ratio }: Comparison, runs: number): string {
  const row = (title: string, cells: readonly (string | number)[]): string =>
    title.padEnd(20) + cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell).padStart(10)).join('');
  const measured = ({ kilobytes, initMs, firstMs, totalMs }: Measurement): readonly number[] => [kilobytes, initMs, firstMs, totalMs];
  return [
    row(`median of ${runs}`, ['KB', 'init ms', 'first ms', 'sum ms']),
    row('users handler', measured(users)),
    row('SDK clients alone', measured(sdkOnly)),
    `ratio ${ratio.toFixed(2)}, at most ${MAX_RATIO.toFixed(2)}`,
  ].join('\n');
}
