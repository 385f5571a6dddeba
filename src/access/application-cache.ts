import { ScimError } from '../scim/errors.ts';
import { type Application, DEFAULT_APPLICATION, defaultApplication } from './application.ts';
import type { ApplicationRepository, StoreCall } from './ports.ts';

/** Bounds how long a changed policy takes to be followed everywhere. */
const FRESH_MS = 30_000;

export type ApplicationCacheOptions = {
  readonly applications: Pick<ApplicationRepository, 'find'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly freshMs?: number;
};

/**
 * Finds the application a credential belongs to.
 *
 * @throws {ScimError} forbidden — the application is gone, though a credential of it still exists, or it is disabled
 */
export type FindApplication = (key: string, call: StoreCall) => Promise<Application>;

/** Finds an application, whoever asks and whether it is enabled or not; undefined where there is none. */
export type LookUpApplication = (key: string, call: StoreCall) => Promise<Application | undefined>;

/** Make one per process. That there is none is remembered as well: much may be left that it created. */
export function applicationLookUp({ applications, now, freshMs = FRESH_MS }: ApplicationCacheOptions): LookUpApplication {
  const known = new Map<string, { readonly application: Application | undefined; readonly atMs: number }>();

  return async (key, call) => {
    const atMs = now();
    const cached = known.get(key);
    if (cached && atMs - cached.atMs < freshMs) return cached.application;
    const application = await applications.find(key, call);
    known.set(key, { application, atMs });
    return application;
  };
}

/** A tenant whose settings hold no application yet is served by the default one. */
export const applicationFinder =
  (lookUp: LookUpApplication, now: () => number): FindApplication =>
  async (key, call) =>
    enabled((await lookUp(key, call)) ?? missing(key, now()));

/** 403, not 401: the client need not be set up anew once the application is enabled again. */
function enabled(application: Application): Application {
  if (application.state === 'enabled') return application;
  throw new ScimError(
    'forbidden',
    `The application "${application.key}" of this credential is disabled: enable it with "scim app enable".`,
  );
}

function missing(key: string, atMs: number): Application {
  if (key === DEFAULT_APPLICATION) return defaultApplication(new Date(atMs).toISOString());
  throw new ScimError('forbidden', `The application "${key}" of this credential no longer exists: use a credential of another one.`);
}
