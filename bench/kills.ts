/**
 * Kills the local server and its store at random moments while clients write, again and again. Exits 1 when a write that
 * was acknowledged is lost, one that was interrupted is half done, or items of the table contradict each other.
 */
import { parseArgs } from 'node:util';
import { chooseVictim, killOnce, VICTIMS, type Victim, whileServing } from './kills/kill.ts';
import { Writer } from './kills/writer.ts';
import { contradictionsAtRest } from './support/at-rest.ts';
import { seededRandom } from './support/random.ts';
import { Site } from './support/server.ts';
import { wholeNumber } from './support/whole-number.ts';

const HELP = `npm run bench:kills -- [options]

  --kills <n>    SIGKILLs (1000); a thousand take about 20 minutes
  --every <n>    kills between two checks of everything (50)
  --writers <n>  clients that write at the same time (8)
  --seed <n>     what victims, moments and writes are chosen from (1)
  --json         print the result as JSON
  --help         print this`;

const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    every: { type: 'string', default: '50' },
    writers: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run(wholeNumber('--kills', options.kills), wholeNumber('--every', options.every));

async function run(kills: number, every: number): Promise<void> {
  const began = performance.now();
  const seed = wholeNumber('--seed', options.seed);
  const random = seededRandom(seed);
  const writers = Array.from({ length: wholeNumber('--writers', options.writers) }, (_, n) => newWriter(n, seed));
  const killed: Record<Victim, number> = { server: 0, store: 0, both: 0, 'starting server': 0 };
  const faults: string[] = [];
  await using site = new Site();
  await whileServing(site, async () => {});
  for (let n = 1; n <= kills && faults.length === 0; n += 1) {
    const victim = chooseVictim(random);
    await killOnce(site, writers, victim, random);
    killed[victim] += 1;
    if (n % every === 0 || n === kills) faults.push(...(await checkAll(site, writers)));
    else faults.push(...writers.flatMap((writer) => writer.faults));
    if (n % 10 === 0)
      process.stderr.write(`${n} of ${kills} kills, ${sum(writers, 'acknowledged')} writes acknowledged, ${faults.length} faults\n`);
  }
  report({ killed, writers, faults, seconds: (performance.now() - began) / 1_000 });
}

/** Large changes that die block their group for half a minute, so only every fourth writer makes some. */
function newWriter(n: number, seed: number): Writer {
  return new Writer(`w${n}`, n % 4 === 3 ? 60 : 25, seed * 1_000 + n);
}

async function checkAll(site: Site, writers: readonly Writer[]): Promise<readonly string[]> {
  return whileServing(site, async ({ send }) => {
    await Promise.all(
      writers.map(async (writer) => {
        await writer.settle(send);
        await writer.check(send);
      }),
    );
    const { body } = await send('GET', '/Users?count=0');
    const expected = sum(writers, 'userCount');
    const total = body.totalResults === expected ? [] : [`there are ${body.totalResults} users, and must be ${expected}`];
    return [...writers.flatMap(({ faults }) => faults), ...total, ...(await contradictionsAtRest(await site.table()))];
  });
}

function sum(writers: readonly Writer[], name: 'acknowledged' | 'userCount'): number {
  return writers.reduce((total, writer) => total + writer[name], 0);
}

type Result = {
  readonly killed: Readonly<Record<Victim, number>>;
  readonly writers: readonly Writer[];
  readonly faults: readonly string[];
  readonly seconds: number;
};

function report({ killed, writers, faults, seconds }: Result): void {
  const kills = Object.values(killed).reduce((total, count) => total + count, 0);
  const acknowledged = sum(writers, 'acknowledged');
  const interrupted = writers.reduce((total, writer) => total + writer.interrupted.asked, 0);
  const done = writers.reduce((total, writer) => total + writer.interrupted.done, 0);
  const result = { kills, killed, acknowledged, interrupted, done, users: sum(writers, 'userCount'), seconds, faults };
  const lines = [
    `${kills} kills in ${seconds.toFixed(0)} s: ${VICTIMS.map((victim) => `${victim} ${killed[victim]}`).join(', ')}`,
    `${acknowledged} writes acknowledged; ${interrupted} interrupted, of which ${done} had been done`,
    `${faults.length} faults`,
    ...faults.slice(0, 20).map((fault) => `  ${fault.slice(0, 300)}`),
  ];
  console.log(options.json ? JSON.stringify(result) : lines.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}
