import { ScimError } from '../scim/errors.ts';

/** Says whether something failed for want of a service, and not because of what was to be done. */
export const isOutOfReach = (error: unknown): boolean =>
  error instanceof ScimError
    ? error.kind === 'unavailable'
    : error instanceof Error && ('$metadata' in error || FROM_SERVICES.has(error.name));

/** Ours, of a queue and a bus; and the network's. */
const FROM_SERVICES: ReadonlySet<string> = new Set(['NotQueued', 'NotPublished', 'AggregateError', 'TimeoutError', 'AbortError']);
