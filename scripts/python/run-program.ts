import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CannotRun } from './cannot-run.ts';

export type Run = {
  readonly variables?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
};

export type Finished = {
  readonly code: number;
  readonly stdout: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
};

/**
 * Runs a program to its end.
 *
 * @throws {CannotRun} it takes longer than it may
 */
export async function runProgram(program: string, words: readonly string[], run: Run): Promise<Finished> {
  const { variables = {}, folder, timeoutSeconds, signal } = run;
  const deadline = AbortSignal.timeout(timeoutSeconds * 1_000);
  const child = spawn(program, words, {
    ...(folder !== undefined && { cwd: folder }),
    env: { ...process.env, ...PLAIN, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.any([signal, deadline]),
    killSignal: 'SIGKILL',
  });
  const stdout: Buffer[] = [];
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk) && output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  try {
    const [code] = await once(child, 'close');
    return { code: Number(code ?? 1), stdout: textOf(stdout), output: textOf(output) };
  } catch (error) {
    if (deadline.aborted) throw new CannotRun(`${program} was still running after ${timeoutSeconds} s, and was ended.`, { cause: error });
    throw error;
  }
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');

/** No colours, no proxy before the server on this machine, UTF-8 whatever the locale, nothing written beside a source. */
const PLAIN = { NO_COLOR: '1', NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
