import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeAws } from './aws/fleet.ts';
import { temporaryFolder } from './local-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const FAKE_CDK = fileURLToPath(new URL('./fake-cdk.mjs', import.meta.url));

type Watched = {
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each piece of what it says, and how to interrupt it. */
  readonly onSaid?: (said: string, interrupt: () => void) => void;
};

/** Tenants a, b and c in a folder of their own, and an AWS that knows nothing yet. */
export async function openFleetSite() {
  const aws = new FakeAws();
  await aws.start();
  const folder = await temporaryFolder();
  const tenants = join(folder.path, 'tenants');
  await mkdir(tenants);
  for (const name of ['a', 'b', 'c']) await writeFile(join(tenants, `${name}.json`), JSON.stringify({ name }));
  const calls = join(folder.path, 'calls');

  /** Runs `scim …` as a process of its own, in that folder, with a CDK of the tests. */
  async function scim(line: string, { environment = {}, onSaid }: Watched = {}) {
    await writeFile(calls, '');
    const env = {
      ...{ PATH: process.env['PATH'], TENANTS_DIR: tenants, SCIM_CDK: FAKE_CDK },
      ...{ FAKE_CDK_CALLS: calls, ...aws.standIn.variables, ...environment },
    };
    const words = line.split(' ').filter(Boolean);
    const child = spawn(process.execPath, [join(ROOT, 'cli', 'main.ts'), ...words], {
      cwd: folder.path,
      env,
      stdio: 'pipe',
      timeout: 60_000,
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString();
      onSaid?.(err, () => child.kill('SIGINT'));
    });
    await once(child, 'close');
    return { status: child.exitCode, out, err, calls: await callsIn(calls) };
  }

  const close = async (): Promise<void> => {
    await aws.standIn.close();
    await folder[Symbol.asyncDispose]();
  };
  return { aws, folder: folder.path, tenants, scim, [Symbol.asyncDispose]: close };
}

/** Each as `synth`, or the stack and the method. */
async function callsIn(file: string): Promise<readonly string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  return lines.map((line) => {
    const words: readonly string[] = JSON.parse(line);
    return words[0] === 'synth' ? 'synth' : `${words[1]} ${words[words.indexOf('--method') + 1]}`;
  });
}
