import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findStore } from '../../local/running-stores.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export type LocalServer = {
  readonly tenantUrl: string;
  /** Printed only by a start that made one. */
  readonly token: string | undefined;
  /** Everything printed so far, on both streams. */
  readonly printed: () => string;
  readonly isRunning: () => boolean;
  readonly ended: Promise<Exit>;
  /** Sends the signal, waits for the end, and says how it ended. */
  readonly end: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<Exit>;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly printed: string };

export type Variables = Readonly<Record<string, string>>;

export type Command = readonly [program: string, ...words: string[]];

const NODE: Command = [process.execPath, join('local', 'main.ts')];

/** The local server as a process, ready or not. */
export type LocalProcess = {
  readonly child: ChildProcess;
  readonly dataFolder: string;
  readonly printed: () => string;
  /** Its streams are closed as well: nothing more will be printed. Listened for from the start, because whoever asks may come late. */
  readonly ended: Promise<Exit>;
};

/** Starts the server on any free port. The environment it is started from is kept from it: that may name a store, or an AWS profile. */
export function spawnLocalServer(dataFolder: string, variables: Variables = {}, [program, ...words]: Command = NODE): LocalProcess {
  const child = spawn(program, words, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', DATA_DIR: dataFolder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const printed = (): string => Buffer.concat(chunks).toString('utf8');
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, signal: child.signalCode, printed: printed() }));
  return { child, dataFolder, printed, ended };
}

/** Waits until the server is ready; signals go to the program that was started. */
export async function whenReady({ child, printed, ended }: LocalProcess): Promise<LocalServer> {
  const ready = Promise.withResolvers<void>();
  child.stdout?.on('data', () => {
    if (printed().includes('Stop: ')) ready.resolve();
  });
  child.once('exit', () => ready.reject(new TypeError(`the server ended before it was ready:\n${printed()}`)));
  await ready.promise;
  const line = (label: string): string | undefined => new RegExp(`^${label} {2,}(\\S+)$`, 'm').exec(printed())?.[1];
  return {
    tenantUrl: line('Tenant URL') ?? '',
    token: line('Secret Token'),
    printed,
    isRunning: () => isRunning(child),
    ended,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/** Ends the server, if it still runs, and the store it has. */
export async function killLocalServer({ child, dataFolder }: Pick<LocalProcess, 'child' | 'dataFolder'>): Promise<void> {
  if (isRunning(child)) child.kill('SIGKILL');
  const store = await findStore(join(dataFolder, 'store.db'));
  if (store !== undefined) process.kill(store.pid, 'SIGKILL');
}
