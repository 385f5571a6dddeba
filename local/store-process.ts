import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { findStore, type RunningStore } from './running-stores.ts';
import { StartRefusal } from './start-refusal.ts';
import { storeBinary } from './store-binary.ts';
import { tendStream } from './store-stream.ts';

export type Store = { readonly endpoint: string; readonly close: () => Promise<void> };

export type StoreOptions = {
  /** Told when the store ends without being closed. */
  readonly onEnd?: (reason: StartRefusal) => void;
  /** Sequence number up to which the store's stream has been read; what is behind it is kept. */
  readonly lastRead?: number | undefined;
  readonly binary?: string;
};

const STARTS_WITHIN_MS = 10_000;
const STOPS_WITHIN_MS = 5_000;
const WATCHED_EVERY_MS = 1_000;

/**
 * Opens the embedded DynamoDB on the folder's data file.
 *
 * One that a killed server left running is taken over: two processes on one file would each trust their own cache.
 * Only whoever holds the folder's lock may call this.
 */
export async function openStore(
  folder: DataFolder,
  { onEnd = () => {}, lastRead = 0, binary = storeBinary() }: StoreOptions = {},
): Promise<Store> {
  const [file, log] = [folder.pathOf('store.db'), folder.pathOf('store.log')];
  let isClosing = false;
  const ended = (): void => {
    if (!isClosing)
      onEnd(new StartRefusal(`The embedded DynamoDB has ended by itself; ${log} may say why. Start again: the data is kept.`));
  };
  const left = await takeOver(file);
  const store = left ?? (await startStore(binary, file, log, ended));
  tendStream(file, lastRead);
  const unwatch = left === undefined ? () => {} : watch(file, left.pid, ended);
  const close = (): Promise<void> => {
    isClosing = true;
    unwatch();
    return stopStore(file, store.pid);
  };
  return { endpoint: endpointOf(store.port), close };
}

/** One that was taken over is not our child and sends us no exit, so it is looked for now and then. */
function watch(file: string, pid: number, onEnd: () => void): () => void {
  const timer = setInterval(async () => {
    if ((await findStore(file))?.pid === pid) return;
    clearInterval(timer);
    onEnd();
  }, WATCHED_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

async function takeOver(file: string): Promise<RunningStore | undefined> {
  const store = await findStore(file);
  if (store === undefined) return undefined;
  if (await answers(store.port)) return store;
  await stopStore(file, store.pid, 'SIGKILL');
  return undefined;
}

async function startStore(binary: string, file: string, log: string, onEnd: () => void): Promise<RunningStore> {
  const port = await freePort();
  // A process group of its own, so that Ctrl-C reaches only us and requests under way still find the store.
  const output = openSync(log, 'a', 0o600);
  const child = spawn(binary, ['serve', '--port', String(port), '--db-path', file], { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  child.unref();
  const failed = once(child, 'error').then(([cause]: readonly unknown[]) => notStarted(log, cause));
  const started = answersWithin(port, () => child.exitCode === null && child.signalCode === null);
  const outcome = await Promise.race([started, failed]);
  if (outcome instanceof StartRefusal) throw outcome;
  if (!outcome || child.pid === undefined) throw notStarted(log);
  child.once('exit', onEnd);
  return { pid: child.pid, port };
}

const notStarted = (log: string, cause?: unknown): StartRefusal =>
  new StartRefusal(`The embedded DynamoDB did not start; ${log} may say why.`, { cause });

async function answersWithin(port: number, isAlive: () => boolean): Promise<boolean> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (isAlive() && Date.now() < giveUpAt) {
    if (await answers(port)) return true;
    await pause(10);
  }
  return false;
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(endpointOf(port), { signal: AbortSignal.timeout(2_000) });
    return (await response.text()).startsWith('healthy');
  } catch {
    return false;
  }
}

/** Waits by looking for the process, because one that was taken over is not our child and sends us no exit. */
async function stopStore(file: string, pid: number, first: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  signal(pid, first);
  if (await isGoneWithin(file, pid)) return;
  signal(pid, 'SIGKILL');
  if (!(await isGoneWithin(file, pid))) throw new StartRefusal(`The embedded DynamoDB (process ${pid}) does not end; end it by hand.`);
}

async function isGoneWithin(file: string, pid: number): Promise<boolean> {
  const giveUpAt = Date.now() + STOPS_WITHIN_MS;
  while ((await findStore(file))?.pid === pid) {
    if (Date.now() > giveUpAt) return false;
    await pause(10);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
