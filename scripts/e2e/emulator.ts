import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../local/free-port.ts';
import { CannotRun } from '../python/cannot-run.ts';
import { watchMemory } from './memory.ts';

const STARTS_WITHIN_SECONDS = 60;
const STOPS_WITHIN_MS = 10_000;

/** An AWS account on this machine, with nothing in it. */
export type Emulator = AsyncDisposable & {
  readonly endpoint: string;
  /** How many bytes of memory the emulator and its functions have had at most. */
  readonly peakBytes: () => number;
};

type Place = {
  /** Where Python's programs are. */
  readonly programs: string;
  /** Gets its log, and the code of the functions while they run. */
  readonly folder: string;
  readonly signal: AbortSignal;
};

/** @throws {CannotRun} it does not start */
export async function startEmulator({ programs, folder, signal }: Place): Promise<Emulator> {
  const port = await freePort();
  const temporary = join(folder, 'functions');
  await mkdir(temporary, { recursive: true });
  // Or this project's package.json would make ES modules of what the emulator puts there.
  await writeFile(join(temporary, 'package.json'), '{}');
  const log = openSync(join(folder, 'emulator.log'), 'w');
  // In a process group of its own, so that the processes of its functions end with it.
  const child = spawn(join(programs, 'ministack'), [], {
    cwd: folder,
    env: { ...SETTINGS, PATH: pathWithOurNode(), HOME: folder, TMPDIR: temporary, GATEWAY_PORT: String(port) },
    stdio: ['ignore', log, log],
    detached: true,
  });
  const failure = Promise.withResolvers<never>();
  child.once('error', (cause) =>
    failure.reject(new CannotRun(`${child.spawnfile} cannot be run: delete .e2e, and begin again. (${cause.message})`, { cause })),
  );
  const endpoint = `http://localhost:${port}`;
  const memory = watchMemory(child);
  const stop = async (): Promise<void> => {
    memory.stop();
    await end(child);
  };
  try {
    await Promise.race([untilHealthy(endpoint, child, signal), failure.promise]);
    return { endpoint, peakBytes: memory.peakBytes, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const SETTINGS = {
  BIND_HOST: '127.0.0.1',
  /** Signatures are checked, and policies enforced. */
  AUTH: 'true',
  SFTP_ENABLED: '0',
  IOT_MTLS_ENABLED: '0',
  NO_PROXY: '127.0.0.1,localhost',
};

/** Functions run on whatever Node comes first. */
const pathWithOurNode = (): string => [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);

async function untilHealthy(endpoint: string, child: ChildProcess, signal: AbortSignal): Promise<void> {
  const deadlineMs = Date.now() + STARTS_WITHIN_SECONDS * 1_000;
  while (Date.now() < deadlineMs) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new CannotRun('The emulator ended before it was ready; emulator.log says why.');
    const answer = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await setTimeout(200, undefined, { signal });
  }
  throw new CannotRun(`The emulator was not ready within ${STARTS_WITHIN_SECONDS} s; emulator.log says more.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([ended, setTimeout(STOPS_WITHIN_MS, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
}

/** A group that is gone is none any more. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    return;
  }
}
