import { setTimeout } from 'node:timers/promises';
import type { StoreCall } from '../directory/ports.ts';
import { ScimError } from '../scim/errors.ts';
import { isTransient } from './failure.ts';
import { type MeteredOutput, metered } from './metering.ts';

/** Time and chance, passed in so that tests need neither. */
export type Pace = {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** A number from 0 up to, but not including, 1. */
  readonly random: () => number;
};

export const REAL_PACE: Pace = { now: Date.now, sleep: (ms) => setTimeout(ms), random: Math.random };

/** One attempt waits no longer than this; the SDK itself would wait for ever. */
const CALL_TIMEOUT_MS = 2_000;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

export type Attempt<Output> = (options: { readonly abortSignal: AbortSignal }) => Promise<Output>;

/**
 * Sends one call until it is answered, with full jitter between the attempts.
 *
 * @throws {ScimError} unavailable — it was still refused for a passing reason at the request's deadline
 */
export async function persist<Output extends MeteredOutput>(
  pace: Pace,
  kind: 'read' | 'write',
  attempt: Attempt<Output>,
  call: StoreCall,
): Promise<Output> {
  let cause: unknown;
  for (let retries = 0; ; retries += 1) {
    const leftMs = call.deadlineMs - pace.now();
    if (leftMs <= 0) throw busy(cause);
    try {
      const abortSignal = AbortSignal.timeout(Math.ceil(Math.min(leftMs, CALL_TIMEOUT_MS)));
      return await metered(call.usage, kind, () => attempt({ abortSignal }));
    } catch (error) {
      if (!isTransient(error)) throw error;
      cause = error;
    }
    await pauseBefore(pace, retries, call, cause);
  }
}

/** Waits before a further attempt, or gives up where the wait would pass the deadline. */
export async function pauseBefore({ now, sleep, random }: Pace, retries: number, call: StoreCall, cause?: unknown): Promise<void> {
  const pauseMs = random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries);
  if (now() + pauseMs >= call.deadlineMs) throw busy(cause);
  call.usage.retries += 1;
  await sleep(pauseMs);
}

const busy = (cause: unknown): ScimError =>
  new ScimError('unavailable', 'The directory is busy or cannot be reached; the same request can be sent again.', { cause });
