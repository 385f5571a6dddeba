const LOOKS_EVERY_MS = 250;

/**
 * Calls `onEnd` once when npm, which started this process, is no more: after a SIGKILL it can pass on nothing, and a
 * server without a terminal would hold folder and port for ever. Whoever starts Node by hand means it to go on.
 */
export function watchParent(onEnd: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, LOOKS_EVERY_MS).unref();
}
