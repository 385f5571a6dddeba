/**
 * Lets clients race for few users, groups and names of a local server, and judges what they saw: for each title, each set of
 * members and each name there must be one order that explains every answer. Exits 1 when there is none, or on any 5xx.
 */
import { parseArgs } from 'node:util';
import { judge, type Verdict } from './races/linearizable.ts';
import { nextAct, readGroup } from './races/mix.ts';
import { memberSet, register, uniqueName } from './races/models.ts';
import { createAtOnce, endGroup } from './races/rounds.ts';
import { timed, type Watch } from './races/timed.ts';
import { numbers, openWorld, type World } from './races/world.ts';
import { contradictionsAtRest } from './support/at-rest.ts';
import { openClient } from './support/client.ts';
import { seededRandom } from './support/random.ts';
import { Site } from './support/server.ts';
import { wholeNumber } from './support/whole-number.ts';

const HELP = `npm run bench:races -- [options]

  --operations <n>  operations on few users, groups and names (10000)
  --clients <n>     at the same time (16)
  --rounds <n>      rounds in which 50 clients create one user (1000)
  --endings <n>     rounds in which a group is changed and deleted at once (200)
  --seed <n>        what they do is chosen from it (1)
  --json            print the result as JSON
  --help            print this`;

const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '1000' },
    endings: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const began = performance.now();
  await using site = new Site();
  const server = await site.start();
  const client = openClient(server.tenantUrl, site.token);
  const watch: Watch = { faults: [], open: 0 };
  const world = await openWorld(client.send, timed(client.send, watch), seededRandom(wholeNumber('--seed', options.seed)));
  await raceFreely(world, wholeNumber('--operations', options.operations), wholeNumber('--clients', options.clients));
  const histories = judgeAll(world);
  const creations = await rounds('creations', wholeNumber('--rounds', options.rounds), (round) => createAtOnce(world.ask, round, 50));
  const endings = await rounds('endings', wholeNumber('--endings', options.endings), async (round) =>
    wrongIn(`ended group ${round}`, await endGroup(world, round)),
  );
  const atRest = await contradictionsAtRest(await site.table());
  client.close();
  await server.end('SIGTERM');
  report({
    histories,
    open: watch.open,
    faults: [...watch.faults, ...histories.flatMap(({ wrong }) => wrong), ...creations, ...endings, ...atRest],
    seconds: (performance.now() - began) / 1_000,
  });
}

/** Each client does one thing after the other. */
async function raceFreely(world: World, operations: number, clients: number): Promise<void> {
  let begun = 0;
  const race = async (): Promise<void> => {
    while (begun < operations) {
      begun += 1;
      if (begun % 1_000 === 0) process.stderr.write(`${begun} of ${operations} operations\n`);
      await nextAct(world)(world);
    }
  };
  await Promise.all(numbers(clients).map(race));
  for (const group of world.groups) await readGroup(world, group);
}

type Judged = { readonly title: string; readonly operations: number; readonly wrong: readonly string[] };

function judgeAll({ users, groups, names }: World): readonly Judged[] {
  return [
    ...users.map(({ userName, title }) => judged(`title of ${userName}`, title.length, judge(register('none'), title))),
    ...groups.map(({ displayName, members }) => judged(`members of ${displayName}`, members.length, judge(memberSet(0n), members))),
    ...names.map(({ userName, holders }) => judged(`holders of ${userName}`, holders.length, judge(uniqueName, holders))),
  ];
}

function judged(title: string, operations: number, verdict: Verdict): Judged {
  return { title, operations, wrong: wrongIn(title, verdict) };
}

function wrongIn(title: string, verdict: Verdict): readonly string[] {
  if (verdict.kind === 'linearizable') return [];
  return [
    `${title}: ${verdict.kind === 'undecided' ? 'could not be decided' : `after ${verdict.explained} operations, at ${verdict.state}: ${verdict.stuck.join(' ')}`}`,
  ];
}

async function rounds(title: string, count: number, work: (round: number) => Promise<readonly string[]>): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (let round = 1; round <= count; round += 1) {
    wrong.push(...(await work(round)));
    if (round % Math.ceil(count / 10) === 0) process.stderr.write(`${round} of ${count} ${title}, ${wrong.length} wrong\n`);
  }
  return wrong;
}

type Result = {
  readonly histories: readonly Judged[];
  readonly open: number;
  readonly faults: readonly string[];
  readonly seconds: number;
};

function report({ histories, open, faults, seconds }: Result): void {
  const count = (kind: string): string => {
    const of = histories.filter(({ title }) => title.startsWith(kind));
    return `${of.length} histories of ${kind}, ${of.reduce((sum, { operations }) => sum + operations, 0)} entries`;
  };
  const lines = [
    ...['title', 'members', 'holders'].map(count),
    `${options.rounds} × 50 creations of one user, ${options.endings} groups ended while they changed`,
    `${open} requests whose outcome stayed open, ${faults.length} faults, ${seconds.toFixed(0)} s`,
    ...faults.slice(0, 20).map((fault) => `  ${fault.slice(0, 1_000)}`),
  ];
  console.log(options.json ? JSON.stringify({ histories, open, faults, seconds }) : lines.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}
