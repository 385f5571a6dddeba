import type { RequestContext } from './context.ts';
import type { ChangeStamp } from './ports.ts';

/** Paths past this many are counted, not named: the stamp lives on the resource row. */
const NAMED_PATHS = 32;

/** Says on the resource row who changed what, and when. */
export function changeStamp({ requestId, principal, now }: RequestContext, paths: readonly string[]): ChangeStamp {
  const named = paths.slice(0, NAMED_PATHS);
  return {
    requestId,
    application: principal.application,
    at: now.toISOString(),
    paths: paths.length > NAMED_PATHS ? [...named, `+${paths.length - NAMED_PATHS}`] : named,
  };
}
