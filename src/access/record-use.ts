import { noUsage } from './no-usage.ts';
import type { LastUses } from './ports.ts';

const HOUR_MS = 60 * 60_000;
const AGAIN_AFTER_FAILURE_MS = 60_000;
/** It is worth no retry. */
const PATIENCE_MS = 1_000;

export type RecordUse = (credential: string) => void;

type Options = {
  readonly lastUses: LastUses;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly later?: (work: () => void) => void;
};

/**
 * Notes which credentials are used, each at most once an hour in this process.
 *
 * Nobody waits for the write, and nobody hears of its failure: it is begun `later`, when the request's own calls are on
 * their way, and runs beside them. Lambda may freeze the process before it has ended; it then goes on with the next
 * request, or fails and is made up for. What it costs is not on the request's line.
 */
export function useRecorder({ lastUses, now, later = (work) => work() }: Options): RecordUse {
  const nextMs = new Map<string, number>();
  return (credential) => {
    const atMs = now();
    if (atMs < (nextMs.get(credential) ?? 0)) return;
    nextMs.set(credential, (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS);
    const usage = noUsage();
    later(() => {
      lastUses.note(credential, new Date(atMs), { requestId: 'last-used', deadlineMs: atMs + PATIENCE_MS, usage }).catch(() => {
        nextMs.set(credential, now() + AGAIN_AFTER_FAILURE_MS);
      });
    });
  };
}
