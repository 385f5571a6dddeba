import type { OnInterrupt } from '../src/runtime/on-interrupt.ts';

/** Does what the first interrupt cancels by the signal; nobody listens any more when it is done. */
export async function cancellable<Result>(onInterrupt: OnInterrupt, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stopListening = onInterrupt(() => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
