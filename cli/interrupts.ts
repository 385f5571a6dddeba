/** Hears of the person's wish to end; whoever listens decides what that comes to. Returns how to stop listening. */
export type OnInterrupt = (listener: () => void) => () => void;

/** The second interrupt ends the process, as it would without a listener. */
export const onInterrupt: OnInterrupt = (listener) => {
  const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
  const hear = (): void => {
    stop();
    listener();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return stop;
};

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
