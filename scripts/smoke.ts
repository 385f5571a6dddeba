/**
 * Replays the conversations of test/conversations against a tenant that is in use, and leaves nothing behind.
 * See docs/how-to/try-a-deployment.md, or `npm run smoke -- --help`.
 */
import { join } from 'node:path';
import { AdminRefusal } from '../src/access/admin-refusal.ts';
import { interruption } from './interruption.ts';
import { CannotRun } from './python/cannot-run.ts';
import { type Administration, administrationOf } from './smoke/administration.ts';
import { ownApplications } from './smoke/applications.ts';
import { type Chosen, choose } from './smoke/choose.ts';
import { HELP, type Options, parseOptions } from './smoke/options.ts';
import { smoke, takeAway } from './smoke/run.ts';

/** Progress, where it does not get into the way of the result. */
const say = (line: string): void => console.error(line);

async function main(words: readonly string[]): Promise<number> {
  const options = parseOptions(words);
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  const administration = administrationOf(targetOf(options));
  const tenantUrl = options.url ?? (await administration.tenantUrl());
  if (tenantUrl === undefined) throw new CannotRun('The system does not say where clients reach it: give it with --url.');
  const chosen = await choose(administration, options.only);
  if (options.task === 'dry-run') return announce(administration, tenantUrl, chosen);
  if (options.task === 'clean') return clean(administration, tenantUrl);
  const score = await smoke({
    administration,
    tenantUrl,
    conversations: chosen.played,
    atOnce: options.atOnce,
    signal: interruption(),
    say,
  });
  for (const { conversation, reason } of chosen.leftOut) say(`left out: ${conversation}: ${reason}`);
  console.log(`${score.passed} passed, ${score.failed} failed`);
  return score.failed > 0 ? 1 : 0;
}

const targetOf = ({ system }: Options) =>
  system === 'local'
    ? ({ kind: 'local', keyFile: join(process.env['DATA_DIR'] ?? '.local', 'admin.json') } as const)
    : ({ kind: 'deployed', stackName: `scim-${system.tenant}` } as const);

async function announce(administration: Administration, tenantUrl: string, { played, leftOut }: Chosen): Promise<number> {
  const requests = played.reduce((sum, { conversation }) => sum + conversation.exchanges.length + (conversation.given?.length ?? 0), 0);
  console.log(`Would send ${requests} requests of ${played.length} conversations to ${tenantUrl}`);
  for (const { conversation, reason } of leftOut) console.log(`Would leave out ${conversation}: ${reason}`);
  for (const key of await ownApplications(administration)) console.log(`Left behind by an earlier run: ${key}; --clean takes it away`);
  return 0;
}

async function clean(administration: Administration, tenantUrl: string): Promise<number> {
  const keys = await ownApplications(administration);
  await takeAway(
    keys.map((key) => ({ administration, tenantUrl, key, heard: [] })),
    console.log,
  );
  if (keys.length === 0) console.log('Nothing was left behind.');
  return 0;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CannotRun || error instanceof AdminRefusal)) throw error;
  console.error(error.message);
  return 2;
});
