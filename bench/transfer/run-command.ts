import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { peakMegabytesOf } from './peak.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs `scim …` in a process of its own and says how much memory it took at most. */
export async function runCommand(dataFolder: string, words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join('cli', 'main.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataFolder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close');
  const isOver = new AbortController();
  const watching = watch(child.pid, isOver.signal);
  await ended;
  isOver.abort();
  if (child.exitCode !== 0) throw new Error(`scim ${words.join(' ')} ended with status ${child.exitCode}`);
  return watching;
}

async function watch(pid: number | undefined, signal: AbortSignal): Promise<number> {
  let peak = 0;
  try {
    for await (const _tick of setInterval(200, undefined, { signal })) {
      const current = peakMegabytesOf(pid);
      if (current > peak) peak = current;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return peak;
}
