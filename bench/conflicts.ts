/**
 * Creates users at a steady rate on a store that cancels overlapping transactions, as AWS does and the embedded store never
 * does. Exits 1 on any answer but 201, or when a write takes more than 1.2 attempts on average.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { refuseOverlaps } from '../test/support/dynamodb-conflicts.ts';
import { startDynamoDb } from '../test/support/dynamodb-process.ts';
import { type Answer, type Endpoint, openEndpoint } from '../test/support/endpoint.ts';
import { openTestStore } from '../test/support/store-open.ts';
import { aUser } from './support/messages.ts';
import { percentile } from './support/percentile.ts';
import { wholeNumber } from './support/whole-number.ts';

const MAX_ATTEMPTS = 1.2;

/** So many come at once, as of clients that work side by side: one after the other would never meet. */
const TOGETHER = 2;

const HELP = `npm run bench:conflicts -- [options]

  --seconds <n>     how long (60)
  --per-second <n>  creations a second (50)
  --hold-ms <n>     how long a write keeps its items, beyond what the store takes (10)
  --json            print the result as JSON
  --help            print this`;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    'per-second': { type: 'string', default: '50' },
    'hold-ms': { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) console.log(HELP);
else await run();

async function run(): Promise<void> {
  const database = await startDynamoDb();
  process.env['TEST_DYNAMODB_ENDPOINT'] = database.endpoint;
  try {
    const table = await openTestStore();
    const conflicts = refuseOverlaps(table.client, { holdMs: wholeNumber('--hold-ms', options['hold-ms']) });
    const endpoint = await openEndpoint({ openStore: async () => table });
    const answers = await createAtRate(
      endpoint,
      wholeNumber('--per-second', options['per-second']),
      wholeNumber('--seconds', options.seconds),
    );
    report(answers, conflicts.count);
  } finally {
    await database.stop();
  }
}

/** However long each takes, the next ones are sent when they are due. */
async function createAtRate({ send }: Endpoint, perSecond: number, seconds: number): Promise<readonly Answer[]> {
  const began = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let n = 0; n < perSecond * seconds; n += 1) {
    if (n % TOGETHER === 0) await pause(Math.max(0, began + (n * 1_000) / perSecond - performance.now()));
    const email = `conflict-${n}@example.com`;
    answers.push(send('POST', '/Users', { body: aUser(email, { externalId: email, emails: [{ value: email, type: 'work' }] }) }));
    if ((n + 1) % (perSecond * 10) === 0) process.stderr.write(`${n + 1} of ${perSecond * seconds} sent\n`);
  }
  return Promise.all(answers);
}

function report(answers: readonly Answer[], conflicts: number): void {
  const retries = answers.reduce((sum, { line }) => sum + line.storeRetries, 0);
  const attempts = (answers.length + retries) / answers.length;
  const statuses = Map.groupBy(answers, ({ status }) => status);
  const ms = answers.map(({ line }) => line.durationMs);
  const wrong = [
    ...[...statuses.keys()].filter((status) => status !== 201).map((status) => `${statuses.get(status)?.length} answers of ${status}`),
    ...(attempts > MAX_ATTEMPTS ? [`${attempts.toFixed(3)} attempts a write`] : []),
    ...(conflicts === 0 ? ['nothing overlapped, so this has shown nothing'] : []),
  ];
  const lines = [
    `${answers.length} creations, ${conflicts} conflicts: ${attempts.toFixed(3)} attempts a write, at most ${MAX_ATTEMPTS}`,
    `p50 ${percentile(ms, 0.5)} ms, p99 ${percentile(ms, 0.99)} ms; ${[...statuses].map(([status, { length }]) => `${status} × ${length}`).join(', ')}`,
    ...wrong.map((each) => `wrong: ${each}`),
  ];
  console.log(options.json ? JSON.stringify({ creations: answers.length, conflicts, attempts, wrong }) : lines.join('\n'));
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
