import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export type CommandExit = { readonly status: number | null; readonly out: string; readonly err: string };

export type Surroundings = {
  readonly dataFolder: string;
  readonly tenantsFolder: string;
  /** What else is in the environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What comes in on standard input; nothing, unless it is given. */
  readonly input?: string;
};

/** Runs `scim …` as a process of its own, as an operator's shell does; no AWS profile of this machine reaches it. */
export function runCommand(words: readonly string[], surroundings: Surroundings): Promise<CommandExit> {
  return startCommand(words, surroundings).ended;
}

/** The same while it still runs: `child` is to be watched or stopped. */
export function startCommand(words: readonly string[], { dataFolder, tenantsFolder, variables = {}, input = '' }: Surroundings) {
  const child = spawn(process.execPath, [join(ROOT, 'cli', 'main.ts'), ...words], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataFolder, TENANTS_DIR: tenantsFolder, ...variables },
    stdio: 'pipe',
    timeout: 60_000,
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.end(input);
  const ended = once(child, 'close').then(() => ({
    status: child.exitCode,
    out: Buffer.concat(out).toString('utf8'),
    err: Buffer.concat(err).toString('utf8'),
  }));
  return { child, ended };
}
