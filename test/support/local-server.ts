import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export type LocalServer = {
  readonly tenantUrl: string;
  /** Printed only by a start that made one. */
  readonly token: string | undefined;
  /** Everything printed so far, on both streams. */
  readonly printed: () => string;
  /** Sends the signal, waits for the end, and says how it ended. */
  readonly end: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<Exit>;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly printed: string };

export type Variables = Readonly<Record<string, string>>;

/** Starts the server as `npm start` does, on any free port, and waits until it is ready. */
export async function startLocalServer(dataFolder: string, variables: Variables = {}): Promise<LocalServer> {
  const { child, printed } = run(dataFolder, variables);
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
    end: async (signal) => {
      child.kill(signal);
      return exitOf(child, printed);
    },
  };
}

/** Starts the server where it is expected to refuse, and waits for its end. */
export async function runLocalServer(dataFolder: string, variables: Variables = {}): Promise<Exit> {
  const { child, printed } = run(dataFolder, variables);
  return exitOf(child, printed);
}

function run(dataFolder: string, variables: Variables): { readonly child: ChildProcess; readonly printed: () => string } {
  const child = spawn(process.execPath, [join('local', 'main.ts')], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', DATA_DIR: dataFolder, TENANT: 'example', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { child, printed: () => Buffer.concat(chunks).toString('utf8') };
}

/** A child whose output is still open has more to say, so its streams are waited for as well. */
async function exitOf(child: ChildProcess, printed: () => string): Promise<Exit> {
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, printed: printed() };
}
