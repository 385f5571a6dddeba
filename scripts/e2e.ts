/**
 * Deploys the real stacks to an emulator of AWS on this machine, uses them as operators and identity providers do, and
 * destroys them. See docs/how-to/try-a-deployment.md, or `npm run e2e -- --help`.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulator } from './e2e/emulator.ts';
import { keepLogs } from './e2e/keep-logs.ts';
import { HELP, parseOptions } from './e2e/options.ts';
import { profilesIn, writeProfiles } from './e2e/profiles.ts';
import { runSteps, type Score } from './e2e/run-steps.ts';
import { STEPS } from './e2e/steps.ts';
import type { World } from './e2e/world.ts';
import { interruption } from './interruption.ts';
import { CannotRun } from './python/cannot-run.ts';
import { installPackages } from './python/environment.ts';

const FOLDER = fileURLToPath(new URL('../.e2e', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('./e2e/requirements.txt', import.meta.url));
const RUN_SECONDS = 600;

const say = (line: string): void => console.log(line);

async function main(words: readonly string[]): Promise<number> {
  const { help, keep } = parseOptions(words);
  if (help) {
    say(HELP);
    return 0;
  }
  isolate();
  const interrupted = interruption();
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(RUN_SECONDS * 1_000)]);
  const programs = await installPackages({ folder: FOLDER, requirements: REQUIREMENTS }, { say, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  const folder = await mkdtemp(join(FOLDER, 'run-'));
  let isGreen = false;
  try {
    const { passed, failed } = await run({ programs, folder, signal, untilEnd: keep ? interrupted : AbortSignal.abort() });
    isGreen = failed === 0;
    say(`${passed} passed, ${failed} failed`);
  } finally {
    if (isGreen) await rm(folder, { recursive: true, force: true });
    else console.error(`What the emulator and the functions logged is in ${folder}`);
  }
  return isGreen ? 0 : 1;
}

type Place = {
  readonly programs: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** The emulator goes on until this. */
  readonly untilEnd: AbortSignal;
};

/** Starts an emulator, and ends it whatever becomes of the steps. */
async function run({ programs, folder, signal, untilEnd }: Place): Promise<Score> {
  const tenantsFolder = join(folder, 'tenants');
  await mkdir(tenantsFolder);
  await using emulator = await startEmulator({ programs, folder, signal });
  await writeProfiles(folder, emulator.endpoint);
  Object.assign(process.env, {
    AWS_CONFIG_FILE: profilesIn(folder),
    AWS_SHARED_CREDENTIALS_FILE: profilesIn(folder),
    AWS_ENDPOINT_URL: emulator.endpoint,
    SCIM_EMULATOR: emulator.endpoint,
  });
  const world: World = { folder, tenantsFolder, emulator, outputs: new Map(), requestIds: new Map(), secrets: new Set(), say, signal };
  const score = await runSteps(STEPS, world);
  say(`The emulator and its functions filled at most ${Math.round(emulator.peakBytes() / 2 ** 20)} MiB.`);
  if (score.failed > 0) await keepLogs(world).catch((error: unknown) => say(`The log groups could not be read: ${error}`));
  if (!untilEnd.aborted) {
    say(`The emulator goes on at ${emulator.endpoint} until Ctrl-C; everything of this run is in ${folder}.`);
    await new Promise((resolve) => untilEnd.addEventListener('abort', resolve, { once: true }));
  }
  return score;
}

/** No profile, region or endpoint of this machine gets into it. */
function isolate(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  return 2;
});
