import { readFileSync } from 'node:fs';

/** The most memory a running process has had, where the system tells (Linux); otherwise not a number. */
export function peakMegabytesOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
