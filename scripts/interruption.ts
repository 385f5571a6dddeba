import { CannotRun } from './python/cannot-run.ts';

/**
 * Is aborted when the process is told to end. One Ctrl-C arrives more than once, from the terminal and from npm, and what was
 * begun is taken away before the process ends: so no signal after the first ends it either.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort(new CannotRun(`Interrupted by ${name}.`)));
  }
  return controller.signal;
}
