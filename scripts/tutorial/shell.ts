import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** No command of a reader takes longer. */
const PATIENCE_MS = 600_000;

/** A shell as a reader opens one: nothing of the npm that runs this script is in its environment, nor its Node. */
export function spawnInShell(command: string, folder: string): ChildProcess {
  const path = (process.env['PATH'] ?? '').split(':').filter((entry) => !entry.includes('node_modules'));
  const kept = ['HOME', 'LANG', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const child = spawn('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), PATH: path.join(':'), PORT: '0' },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const deadline = setTimeout(() => signalAll(child, 'SIGKILL'), PATIENCE_MS);
  child.once('close', () => clearTimeout(deadline));
  return child;
}

/** What a reader has started in a shell ends with it. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

/** What it prints until a line of it is the one that is waited for, or until it ends. */
export async function printedUntil(child: ChildProcess, awaited?: string): Promise<string> {
  let printed = '';
  const seen = Promise.withResolvers<void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
    if (awaited !== undefined && printed.includes(awaited)) seen.resolve();
  });
  await Promise.race([once(child, 'close'), seen.promise]);
  return printed;
}

/** Ends the shell with all that it has started, and waits for that. */
export async function endShell(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  signalAll(child, 'SIGTERM');
  await closed;
}
