import { ScimError } from '../../src/scim/errors.ts';
import type { Registry, ResourceType } from '../../src/scim/schema/resource-type.ts';

/** Where the service describes itself (RFC 7644 §4). */
export type DiscoveryTarget =
  | { readonly kind: 'ServiceProviderConfig' }
  | { readonly kind: 'Schemas' | 'ResourceTypes'; readonly id?: string };

/** What a path leads to. */
export type Target =
  | { readonly kind: 'collection'; readonly type: ResourceType }
  | { readonly kind: 'resource'; readonly type: ResourceType; readonly id: string }
  /** `POST …/.search`, of one type or of all (RFC 7644 §3.4.3). */
  | { readonly kind: 'search'; readonly type?: ResourceType }
  /** The base URL itself: a query over all types (RFC 7644 §3.4.2.1). */
  | { readonly kind: 'root' }
  | { readonly kind: 'bulk' }
  /** Whoever is calling, until it is known who that is (RFC 7644 §3.11). */
  | { readonly kind: 'me' }
  /** What has happened to the resources. */
  | { readonly kind: 'events' }
  | DiscoveryTarget;

export const isDiscovery = (target: Target): target is DiscoveryTarget =>
  target.kind === 'ServiceProviderConfig' || target.kind === 'Schemas' || target.kind === 'ResourceTypes';

const METHODS: Readonly<Record<Target['kind'], readonly string[]>> = {
  collection: ['GET', 'POST'],
  resource: ['GET', 'PUT', 'PATCH', 'DELETE'],
  search: ['POST'],
  root: ['GET'],
  bulk: ['POST'],
  me: ['GET', 'PUT', 'PATCH', 'DELETE'],
  events: ['GET'],
  ServiceProviderConfig: ['GET'],
  Schemas: ['GET'],
  ResourceTypes: ['GET'],
};

/**
 * Finds what the path, relative to the base URL and cut at its slashes, leads to.
 *
 * `segments` is undefined where the path is not below the base URL.
 *
 * @throws {ScimError} notFound
 */
export function findTarget(segments: readonly string[] | undefined, registry: Registry): Target {
  const [endpoint, id, ...rest] = segments ?? [''];
  const target =
    rest.length > 0 ? undefined : (resourceTarget(endpoint, id, registry) ?? discoveryTarget(endpoint, id) ?? rootTarget(endpoint, id));
  if (target === undefined) throw noSuchEndpoint(registry);
  return target;
}

/** @throws {ScimError} methodNotAllowed — with the `Allow` header */
export function requireMethod(method: string, target: Target): void {
  const allowed = METHODS[target.kind];
  if (allowed.includes(method)) return;
  const allow = allowed.join(', ');
  throw new ScimError('methodNotAllowed', `This endpoint takes ${allow}.`, { headers: { Allow: allow } });
}

const SEARCH = '.search';

const AT_ROOT: ReadonlyMap<string, Target> = new Map<string, Target>([
  [SEARCH, { kind: 'search' }],
  ['Bulk', { kind: 'bulk' }],
  ['Me', { kind: 'me' }],
  ['events', { kind: 'events' }],
]);

const ALIASES: Readonly<Partial<Record<Target['kind'], string>>> = { root: '/', bulk: '/Bulk', me: '/Me', events: '/events' };

/** The route's template, for the request line. */
export function routeOf(target: Target): string {
  if (target.kind === 'collection') return target.type.endpoint;
  if (target.kind === 'resource') return `${target.type.endpoint}/{id}`;
  if (target.kind === 'search') return `${target.type?.endpoint ?? ''}/.search`;
  const alias = ALIASES[target.kind];
  if (alias !== undefined) return alias;
  return 'id' in target && target.id !== undefined ? `/${target.kind}/{id}` : `/${target.kind}`;
}

function resourceTarget(endpoint: string | undefined, id: string | undefined, registry: Registry): Target | undefined {
  const type = registry.find((candidate) => candidate.endpoint === `/${endpoint ?? ''}`);
  if (type === undefined) return undefined;
  if (id === SEARCH) return { kind: 'search', type };
  return id === undefined ? { kind: 'collection', type } : { kind: 'resource', type, id };
}

/** What is no resource type's: the base URL and the endpoints beside the types' (RFC 7644 §3.2). */
function rootTarget(endpoint: string | undefined, id: string | undefined): Target | undefined {
  if (endpoint === undefined) return { kind: 'root' };
  return id === undefined ? AT_ROOT.get(endpoint) : undefined;
}

function discoveryTarget(endpoint: string | undefined, id: string | undefined): Target | undefined {
  if (endpoint === 'ServiceProviderConfig') return id === undefined ? { kind: endpoint } : undefined;
  if (endpoint !== 'Schemas' && endpoint !== 'ResourceTypes') return undefined;
  return id === undefined ? { kind: endpoint } : { kind: endpoint, id };
}

const noSuchEndpoint = (registry: Registry): ScimError =>
  new ScimError(
    'notFound',
    `There is no such endpoint; there are ${registry.map(({ endpoint }) => endpoint).join(', ')}, /Schemas, /ResourceTypes and /ServiceProviderConfig.`,
  );
