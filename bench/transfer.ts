/**
 * Measures what it takes to bring a large directory in and to take it out again: so many users, and a group of all of them,
 * into the local server in a folder of its own. Exits 1 when what comes out is not what went in.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLargeFile } from './transfer/large-file.ts';
import { runCommand } from './transfer/run-command.ts';
import { startServer } from './transfer/server.ts';

const HELP = `npm run bench:transfer -- [options]

  --users <n>  users, all of them in one group (20000)
  --json       print the result as JSON
  --help       print this`;

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '20000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run(Number(options.users));

async function run(users: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-transfer-'));
  const [given, taken] = [join(folder, 'given.ndjson'), join(folder, 'taken.ndjson')];
  await writeLargeFile(given, users);
  const server = await startServer(join(folder, 'data'));
  try {
    const rows = [
      { what: 'import', ...(await measure(users, folder, ['import', given])) },
      { what: 'import again', ...(await measure(users, folder, ['import', given])) },
      { what: 'export', ...(await measure(users, folder, ['export', '--out', taken])) },
    ];
    const isEqual = readFileSync(given).equals(readFileSync(taken));
    const serverPeakMegabytes = server.peakMegabytes();
    console.log(
      options.json ? JSON.stringify({ users, rows, serverPeakMegabytes, isEqual }) : describe(rows, serverPeakMegabytes, isEqual),
    );
    process.exitCode = isEqual ? 0 : 1;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Row = { readonly what: string; readonly seconds: number; readonly perSecond: number; readonly peakMegabytes: number };

async function measure(users: number, folder: string, words: readonly string[]): Promise<Omit<Row, 'what'>> {
  const began = performance.now();
  const peakMegabytes = await runCommand(join(folder, 'data'), [...words, '--local']);
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, perSecond: (2 * users) / seconds, peakMegabytes };
}

function describe(rows: readonly Row[], serverPeakMegabytes: number, isEqual: boolean): string {
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell).padStart(16)).join('');
  return [
    line(['', 'seconds', 'lines+members/s', 'peak MB']),
    ...rows.map(({ what, seconds, perSecond, peakMegabytes }) => line([what, seconds.toFixed(1), perSecond, peakMegabytes])),
    `peak of the server: ${serverPeakMegabytes.toFixed(0)} MB; what came out is ${isEqual ? '' : 'NOT '}what went in`,
  ].join('\n');
}
