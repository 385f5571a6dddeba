import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

type CdkRun = {
  /** What is behind `cdk` on its command line; no shell reads it. */
  readonly words: readonly string[];
  /** Where all that it prints is kept, behind what is there. */
  readonly logFile: string;
  readonly onLine?: ((line: string) => void) | undefined;
};

/** How it ended, and what it printed last. */
export type CdkEnd = { readonly isDone: boolean; readonly lastLines: readonly string[] };

export type RunCdk = (run: CdkRun) => Promise<CdkEnd>;

/** A program, and the words that always come first. */
type Executable = readonly [string, ...string[]];

const LAST_LINES = 20;

/**
 * Runs this copy's own CDK, or another executable in its place. It is in a process group of its own: an interrupt at
 * the terminal reaches this program, and not a deployment half-way through.
 */
export const cdkRunner =
  (other: string | undefined): RunCdk =>
  (run) =>
    runCdk(other ? [other] : ownCdk(), run);

async function runCdk([command, ...first]: Executable, { words, logFile, onLine }: CdkRun): Promise<CdkEnd> {
  await mkdir(dirname(logFile), { recursive: true });
  const child = spawn(command, [...first, ...words], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const log = createWriteStream(logFile, { flags: 'a' });
  const lastLines: string[] = [];
  const take = (line: string): void => {
    log.write(`${line}\n`);
    if (line.trim() === '') return;
    lastLines.push(line);
    if (lastLines.length > LAST_LINES) lastLines.shift();
    onLine?.(line);
  };
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', take);
  const status = await endOf(child, take);
  log.end();
  await once(log, 'close');
  return { isDone: status === 0, lastLines };
}

/** A program that cannot even be started ends, too: with the reason as its last line. */
async function endOf(child: ReturnType<typeof spawn>, take: (line: string) => void): Promise<number | null> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      take(error.message);
      resolve(null);
    });
    child.on('close', (status) => resolve(status));
  });
}

function ownCdk(): Executable {
  const folder = dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json'));
  return [process.execPath, join(folder, 'bin', 'cdk')];
}
