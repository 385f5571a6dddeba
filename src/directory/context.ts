import type { Policy } from '../access/policy.ts';
import type { Principal } from '../access/principal.ts';
import type { FindMapping } from './mapping/profile.ts';
import type { DirectoryStore, StoreCall } from './ports.ts';
import type { StoredResource } from './resource.ts';

/** What every use case knows of the request it serves. */
export type RequestContext = StoreCall & {
  readonly principal: Principal;
  readonly policy: Policy;
  readonly now: Date;
  /** Without a trailing slash: `https://host/acme/scim/v2`. */
  readonly baseUrl: string;
  /** Told of the resource that a change is about, before the change may be refused. */
  readonly found?: (resource: StoredResource) => void;
};

/** What every use case needs from its surroundings. */
export type Directory = {
  readonly store: DirectoryStore;
  /** Makes a UUIDv7 in lower case. */
  readonly newId: () => string;
  /** Makes the profiles of what an application created. */
  readonly mappingOf: FindMapping;
  /** Epoch milliseconds, now. */
  readonly clock: () => number;
};
