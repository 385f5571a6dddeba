import type { ChildProcess } from 'node:child_process';
import { execFile } from 'node:child_process';

const EVERY_MS = 2_000;

type Memory = { readonly peakBytes: () => number; readonly stop: () => void };

/** Adds up, every now and then, what a process group fills of the memory. */
export function watchMemory({ pid = 0 }: ChildProcess): Memory {
  let peak = 0;
  const timer = setInterval(() => {
    execFile('ps', ['-eo', 'pgid=,rss='], (error, text) => {
      if (error === null) peak = Math.max(peak, bytesOf(pid, text));
    });
  }, EVERY_MS);
  timer.unref();
  return { peakBytes: () => peak, stop: () => clearInterval(timer) };
}

const bytesOf = (group: number, listing: string): number =>
  listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .reduce((sum, [pgid, kilobytes = 0]) => (pgid === group ? sum + kilobytes * 1_024 : sum), 0);
