/**
 * Sends what Entra ID sends, mixed and at a steady rate, to the server that `npm start` runs. Exits 1 when an answer is not
 * as it must be (a 5xx or 429 above all), or when the server's heap grows.
 */
import { parseArgs } from 'node:util';
import { runLocalCommand } from '../test/support/local-command.ts';
import { openClient } from './support/client.ts';
import { percentile } from './support/percentile.ts';
import { seededRandom } from './support/random.ts';
import { Site } from './support/server.ts';
import { wholeNumber } from './support/whole-number.ts';
import { drive, newTally, type Tally } from './traffic/drive.ts';
import { openWorld } from './traffic/entra.ts';
import { growthOf, type HeapMeter, openHeapMeter, RULE, residentBytes, type Sample } from './traffic/heap.ts';

const HELP = `npm run bench:traffic -- [options]

  --minutes <n>     how long (30)
  --seconds <n>     the same, in seconds
  --per-second <n>  requests a second (50)
  --seed <n>        what the requests are chosen from (1)
  --json            print the result as JSON
  --help            print this`;

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seconds: { type: 'string' },
    'per-second': { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run(options.seconds === undefined ? wholeNumber('--minutes', options.minutes) * 60 : wholeNumber('--seconds', options.seconds));

async function run(seconds: number): Promise<void> {
  await using site = new Site({ nodeFlags: ['--inspect=127.0.0.1:0'] });
  const server = await site.start();
  await runLocalCommand(site.folder, 'app set --preset entra');
  const client = openClient(server.tenantUrl, site.token);
  const heap = await openHeapMeter(server.printed());
  const tally = newTally();
  const samples: Sample[] = [];
  const every = Math.max(1, seconds / 30);
  const sampling = setInterval(async () => {
    samples.push(await takeSample(heap, site.serverPid ?? 0));
    sayProgress(tally, samples);
  }, every * 1_000);
  await drive(
    openWorld(client.send, seededRandom(wholeNumber('--seed', options.seed))),
    tally,
    wholeNumber('--per-second', options['per-second']),
    seconds,
  );
  clearInterval(sampling);
  heap.close();
  client.close();
  await server.end('SIGTERM');
  report(seconds, tally, samples);
}

async function takeSample(heap: HeapMeter, pid: number): Promise<Sample> {
  return { heapBytes: await heap.measure(), residentBytes: residentBytes(pid), atSeconds: Math.round(performance.now() / 1_000) };
}

function sayProgress({ requests, faults }: Tally, samples: readonly Sample[]): void {
  const { heapBytes = 0, residentBytes: resident = 0, atSeconds } = samples.at(-1) ?? {};
  process.stderr.write(
    `${atSeconds} s: ${requests} requests, ${faults.length} faults, heap ${megabytes(heapBytes)}, resident ${megabytes(resident)}\n`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function report(seconds: number, { requests, latenciesMs, statuses, faults }: Tally, samples: readonly Sample[]): void {
  const { ratio, isFlat } = growthOf(samples);
  const row = (title: string, cells: readonly (string | number)[]): string =>
    title.padEnd(20) + cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell).padStart(10)).join('');
  const latencies = (values: readonly number[]): readonly number[] => [0.5, 0.99, 1].map((part) => percentile(values, part));
  const lines = [
    row('ms', ['requests', 'p50', 'p99', 'slowest']),
    ...[...latenciesMs].map(([name, values]) => row(name, [String(values.length), ...latencies(values)])),
    row('all', [String(requests), ...latencies([...latenciesMs.values()].flat())]),
    `${requests} requests in ${seconds} s, ${(requests / seconds).toFixed(1)} a second; answers: ${[...statuses].map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    `heap × ${ratio.toFixed(3)}, ${isFlat ? 'flat' : 'NOT flat'}: ${RULE}`,
    `${faults.length} faults`,
    ...faults.slice(0, 20).map((fault) => `  ${fault}`),
  ];
  const result = { seconds, requests, statuses: Object.fromEntries(statuses), ratio, isFlat, samples, faults };
  console.log(options.json ? JSON.stringify(result) : lines.join('\n'));
  process.exitCode = isFlat && faults.length === 0 ? 0 : 1;
}
