import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../python/cannot-run.ts';
import { runProgram } from '../python/run-program.ts';
import { type Served, servedBy } from './served.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START = ['--import', './local/require-node.mjs'];
const STARTS_WITHIN_SECONDS = 60;
const STOPS_WITHIN_MS = 15_000;

/** The server that `npm start` runs, with a data folder of its own that goes when it stops. */
export type LocalServer = AsyncDisposable & {
  readonly tenantUrl: string;
  readonly token: string;
  /** What it has answered so far, by its own log. */
  readonly served: () => Served;
  /** Administers it: `npm run scim -- … --local`; returns what was printed. */
  readonly scim: (...words: readonly string[]) => Promise<string>;
};

/** @throws {CannotRun} it does not start */
export async function startServer(signal: AbortSignal): Promise<LocalServer> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-conformance-'));
  const child = spawn(process.execPath, [...START, 'local/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATA_DIR: folder, LOG: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const printed = await untilReady(child, signal);
    const line = (label: string): string => new RegExp(`^${label} {2,}(\\S+)$`, 'm').exec(printed)?.[1] ?? '';
    return {
      tenantUrl: line('Tenant URL'),
      token: line('Secret Token'),
      served: () => servedBy(folder),
      scim: (...words) => administer(folder, words, signal),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(child: ChildProcess, signal: AbortSignal): Promise<string> {
  let printed = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
      if (printed.includes('Stop: ')) ready.resolve();
    });
  }
  child.once('error', ready.reject);
  child.once('exit', () => ready.reject(new CannotRun(`The server did not start:\n${printed}`)));
  const stopped = AbortSignal.any([signal, AbortSignal.timeout(STARTS_WITHIN_SECONDS * 1_000)]);
  stopped.addEventListener('abort', () => ready.reject(new CannotRun('The server was not ready in time.')), { once: true });
  await ready.promise;
  return printed;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([ended, delay(STOPS_WITHIN_MS, undefined, { ref: false })]);
  child.kill('SIGKILL');
}

async function administer(folder: string, words: readonly string[], signal: AbortSignal): Promise<string> {
  const { code, stdout, output } = await runProgram(process.execPath, [...START, 'cli/main.ts', ...words, '--local'], {
    folder: ROOT,
    variables: { DATA_DIR: folder },
    timeoutSeconds: 30,
    signal,
  });
  if (code !== 0) throw new CannotRun(`scim ${words.join(' ')} was refused:\n${output}`);
  return stdout;
}
