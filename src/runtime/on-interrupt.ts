/** Hears of the wish that this process ends; whoever listens decides what that comes to. Returns how to stop listening. */
export type OnInterrupt = (listener: () => void) => () => void;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C arrives twice, from the terminal and passed on by npm. */
const SAME_SIGNAL_MS = 1_000;

/** A second interrupt, unless it is the first once more, ends the process at once, as it would without a listener. */
export const onInterrupt: OnInterrupt = (listener) => {
  let isHeard = false;
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, hear);
  };
  const hear = (): void => {
    if (isHeard) return;
    isHeard = true;
    setTimeout(stop, SAME_SIGNAL_MS).unref();
    listener();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return () => {
    if (!isHeard) stop();
  };
};
