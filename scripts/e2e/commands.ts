import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../python/cannot-run.ts';
import { type Finished, runProgram } from '../python/run-program.ts';
import { REGION } from './place.ts';
import { profilesIn } from './profiles.ts';
import type { World } from './world.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const CDK_SECONDS = 120;
const COMMAND_SECONDS = 60;

type Variables = Readonly<Record<string, string>>;

/** What programs are told of the emulator, whoever they run as. */
const emulatorVariables = ({ emulator, tenantsFolder }: World): Variables => ({
  AWS_ENDPOINT_URL: emulator.endpoint,
  AWS_ENDPOINT_URL_S3: emulator.endpoint,
  AWS_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
  SCIM_EMULATOR: emulator.endpoint,
  TENANTS_DIR: tenantsFolder,
});

/** The root of the emulator's account. */
const ROOT_KEYS: Variables = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** Whoever operates the tenants, with the profile of the role that the documentation describes. */
const operatorVariables = ({ folder }: World): Variables => ({
  AWS_PROFILE: 'operator',
  AWS_CONFIG_FILE: profilesIn(folder),
  AWS_SHARED_CREDENTIALS_FILE: profilesIn(folder),
});

/** Runs `cdk …` as the root of the account; `--app` is a folder with an assembly, or the project's own. */
export async function cdk(world: World, ...words: readonly string[]): Promise<Finished> {
  return runProgram(process.execPath, [join(MODULES, 'aws-cdk', 'bin', 'cdk'), '--no-notices', ...words], {
    folder: words.includes('synth') ? ROOT : world.folder,
    variables: { ...emulatorVariables(world), ...ROOT_KEYS, CDK_DISABLE_VERSION_CHECK: '1' },
    timeoutSeconds: CDK_SECONDS,
    signal: world.signal,
  });
}

/** The same where it is expected to be done. */
export async function cdkDone(world: World, ...words: readonly string[]): Promise<string> {
  const { code, output } = await cdk(world, ...words);
  if (code !== 0) throw new CannotRun(`cdk ${words.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`);
  return output;
}

/** Runs `npm run scim -- …` as the operator. */
export const scim = (world: World, ...words: readonly string[]): Promise<Finished> =>
  runProgram(process.execPath, [join(ROOT, 'cli', 'main.ts'), ...words], {
    folder: ROOT,
    variables: { ...emulatorVariables(world), ...operatorVariables(world) },
    timeoutSeconds: COMMAND_SECONDS,
    signal: world.signal,
  });

/** The same where it is expected to be done; what it printed. */
export async function scimDone(world: World, ...words: readonly string[]): Promise<string> {
  const { code, stdout, output } = await scim(world, ...words);
  if (code !== 0) throw new CannotRun(`scim ${words.join(' ')} ended with ${code}:\n${output}`);
  return stdout;
}

/** Runs a script of the project as the operator, and passes on what it says. */
export async function script(world: World, words: readonly string[], variables: Variables = {}): Promise<Finished> {
  return runProgram(process.execPath, words, {
    folder: ROOT,
    variables: { ...emulatorVariables(world), ...operatorVariables(world), ...variables },
    timeoutSeconds: CDK_SECONDS,
    signal: world.signal,
  });
}
