import type { Message } from './message.ts';

export type Worker = {
  /** Takes a message to be worked on, after its delay. */
  readonly deliver: (message: Message) => void;
  /** How many messages are waiting, or being worked on. */
  readonly count: () => number;
  /** Begins no other message, and waits for those under way. */
  readonly close: () => Promise<void>;
};

export type WorkerOptions = {
  readonly invoke: (message: Message) => Promise<unknown>;
  readonly onDone?: (message: Message) => void;
  /** Told of a message that has failed for the last time. */
  readonly onGivenUp: (error: unknown, message: Message) => void;
  /** @default 1,000; each further pause is twice as long */
  readonly firstPauseMs?: number;
};

/** As many as in the stack. */
const MAX_CONCURRENCY = 5;
const MAX_RECEIVES = 5;
const FIRST_PAUSE_MS = 1_000;

/**
 * Hands messages over one by one, a few at the same time, and again after a pause when that fails.
 *
 * What is in here ends with the process: whoever keeps the messages hands them in again.
 */
export function startWorker({ invoke, onDone = () => {}, onGivenUp, firstPauseMs = FIRST_PAUSE_MS }: WorkerOptions): Worker {
  const [waiting, timers, underWay] = [[] as Attempt[], new Set<NodeJS.Timeout>(), new Set<Promise<void>>()];
  let isClosed = false;

  const later = (attempt: Attempt, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      waiting.push(attempt);
      next();
    }, ms);
    timers.add(timer);
  };
  const work = async ({ message, receives }: Attempt): Promise<void> => {
    try {
      await invoke(message);
      onDone(message);
    } catch (error) {
      if (receives === MAX_RECEIVES) onGivenUp(error, message);
      else if (!isClosed) later({ message, receives: receives + 1 }, firstPauseMs * 2 ** receives);
    }
  };
  const next = (): void => {
    while (!isClosed && underWay.size < MAX_CONCURRENCY) {
      const attempt = waiting.shift();
      if (attempt === undefined) return;
      const working = work(attempt).finally(() => {
        underWay.delete(working);
        next();
      });
      underWay.add(working);
    }
  };
  return {
    deliver: (message) => {
      if (!isClosed) later({ message, receives: 1 }, message.delaySeconds * 1_000);
    },
    count: () => waiting.length + timers.size + underWay.size,
    close: async () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

type Attempt = { readonly message: Message; readonly receives: number };
