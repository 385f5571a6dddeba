/**
 * Times changes of many members at once against the local server, and the DELETE of a large group; then waits until
 * nothing is left of it. Exits 1 when one takes longer than promised, or something is left.
 */
import { parseArgs } from 'node:util';
import { brokenIn, type Timing, timeChanges, timed } from './members/promises.ts';
import { contradictionsAtRest } from './support/at-rest.ts';
import { openClient } from './support/client.ts';
import { fillMembers, fillResources } from './support/fill.ts';
import { asMember, inventedGroup, inventedUser, STAMP } from './support/invented.ts';
import { Site } from './support/server.ts';
import { wholeNumber } from './support/whole-number.ts';

const DELETE_LIMIT_MS = 300;

const HELP = `npm run bench:members -- [options]

  --members <n>  members of the group that is deleted (100000)
  --counts <n,…> members of the changes that are timed (1000,10000)
  --sweep <s>    so long its rows may take to go, in seconds (600)
  --patience <n> so many times longer all may take, on a machine that others use, too (1)
  --json         print the result as JSON
  --help         print this`;

const { values: options } = parseArgs({
  options: {
    members: { type: 'string', default: '100000' },
    counts: { type: 'string', default: '1000,10000' },
    sweep: { type: 'string', default: '600' },
    patience: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else
  await run(
    wholeNumber('--members', options.members),
    options.counts.split(',').map((count) => wholeNumber('--counts', count)),
  );

async function run(members: number, counts: readonly number[]): Promise<void> {
  await using site = new Site();
  const server = await site.start();
  const client = openClient(server.tenantUrl, site.token);
  const table = await site.table();
  const users = Array.from({ length: Math.max(members, ...counts) }, (_, n) => inventedUser(n));
  const group = inventedGroup(0);
  await fillResources(table, [...users, group], STAMP);
  await fillMembers(table, group, users.slice(0, members).map(asMember));
  process.stderr.write(`${users.length} users, ${members} of them in one group\n`);
  const timings: Timing[] = [];
  for (const count of counts)
    timings.push(
      ...(await timeChanges(
        client.send,
        users.slice(0, count).map(({ id }) => id),
      )),
    );
  timings.push(await timed(`DELETE of ${members}`, DELETE_LIMIT_MS, () => client.send('DELETE', `/Groups/${group.id}`)));
  const began = performance.now();
  const left = await contradictionsAtRest(table, wholeNumber('--sweep', options.sweep) * 1_000);
  const sweptMs = performance.now() - began;
  client.close();
  await server.end('SIGTERM');
  report(timings, left, sweptMs);
}

function report(timings: readonly Timing[], left: readonly string[], sweptMs: number): void {
  const line = (operation: string, measured: string, limit: string): string =>
    operation.padEnd(20) + measured.padStart(12) + limit.padStart(12);
  const patience = wholeNumber('--patience', options.patience);
  const wrong = [
    ...timings.flatMap((timing) => brokenIn(timing, patience)),
    ...(left.length === 0 ? [] : [`${left.length} rows are left or contradict each other`]),
  ];
  const lines = [
    line('members', 'measured ms', 'limit ms'),
    ...timings.map(({ operation, ms, limitMs }) => line(operation, ms.toFixed(0), String(limitMs))),
    left.length === 0 ? `nothing was left after ${(sweptMs / 1_000).toFixed(1)} s` : `left: ${left.slice(0, 5).join('; ')}`,
    ...wrong.map((each) => `broken: ${each}`),
  ];
  console.log(options.json ? JSON.stringify({ timings, sweptMs, wrong }) : lines.join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
