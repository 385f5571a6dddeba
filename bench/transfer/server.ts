import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { peakMegabytesOf } from './peak.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const READY = 'Stop: ';

/** Starts the local server on any free port, with its data in this folder. */
export async function startServer(dataFolder: string) {
  const child = spawn(process.execPath, [join('local', 'main.ts')], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes(READY)) break;
  }
  if (!printed.includes(READY)) throw new Error(`the local server did not start:\n${printed}`);
  return {
    peakMegabytes: () => peakMegabytesOf(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
