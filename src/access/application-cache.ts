import { ScimError } from '../scim/errors.ts';
import { type Application, DEFAULT_APPLICATION, defaultApplication } from './application.ts';
import type { ApplicationRepository, StoreCall } from './ports.ts';

/** Bounds how long a changed policy takes to be followed everywhere. */
const FRESH_MS = 30_000;

export type ApplicationCacheOptions = {
  readonly applications: Pick<ApplicationRepository, 'find'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/**
 * Finds the application a credential belongs to.
 *
 * @throws {ScimError} forbidden — the application is gone, though a credential of it still exists
 */
export type FindApplication = (key: string, call: StoreCall) => Promise<Application>;

/** Make one per process. A tenant whose settings hold no application yet is served by the default one. */
export function applicationFinder({ applications, now }: ApplicationCacheOptions): FindApplication {
  const known = new Map<string, { readonly application: Application; readonly atMs: number }>();

  return async (key, call) => {
    const atMs = now();
    const cached = known.get(key);
    if (cached && atMs - cached.atMs < FRESH_MS) return cached.application;
    const application = (await applications.find(key, call)) ?? missing(key, atMs);
    known.set(key, { application, atMs });
    return application;
  };
}

function missing(key: string, atMs: number): Application {
  if (key === DEFAULT_APPLICATION) return defaultApplication(new Date(atMs).toISOString());
  throw new ScimError('forbidden', `The application "${key}" of this credential no longer exists: use a credential of another one.`);
}
