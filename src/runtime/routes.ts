/**
 * Which Lambda function serves which path. API Gateway's routes (lib/) and the local HTTP server are both built from it.
 *
 * Every route takes any method: the handler answers a wrong one with 405 and `Allow`, after it has checked the token.
 * Paths are relative to the tenant's base path; `{id}` matches one segment.
 */
export const ROUTES = [
  { function: 'users', paths: ['/Users', '/Users/{id}', '/Me'] },
  { function: 'groups', paths: ['/Groups', '/Groups/{id}'] },
  { function: 'bulk', paths: ['/Bulk'] },
  {
    function: 'discovery',
    paths: ['/ServiceProviderConfig', '/ResourceTypes', '/ResourceTypes/{id}', '/Schemas', '/Schemas/{id}'],
  },
  { function: 'token', paths: ['/oauth2/token'] },
  { function: 'events', paths: ['/events'] },
] as const;

/**
 * Serves `/` and every path that no route names, from the root of the API on, base path or not: resource types added at
 * run time, and queries over all types.
 */
export const CATCH_ALL = 'catch-all';

/** Invoked with IAM only; no HTTP route leads to it. */
export const ADMIN = 'admin';

/** Reads the table's stream, and puts what has come up to be done into the queue. */
export const STREAM = 'stream';

/** Takes from the queue what requests have left to be done. */
export const SWEEPER = 'sweeper';

export type HttpFunction = (typeof ROUTES)[number]['function'] | typeof CATCH_ALL;
export type FunctionName = HttpFunction | typeof ADMIN | typeof STREAM | typeof SWEEPER;
