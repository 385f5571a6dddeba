import { ScimError } from '../../src/scim/errors.ts';
import type { Registry, ResourceType } from '../../src/scim/schema/resource-type.ts';

/** What a path leads to. */
export type Target =
  | { readonly kind: 'collection'; readonly type: ResourceType }
  | { readonly kind: 'resource'; readonly type: ResourceType; readonly id: string }
  | { readonly kind: 'ServiceProviderConfig' }
  | { readonly kind: 'Schemas' | 'ResourceTypes'; readonly id?: string };

const METHODS: Readonly<Record<Target['kind'], readonly string[]>> = {
  collection: ['GET', 'POST'],
  resource: ['GET', 'PUT', 'PATCH', 'DELETE'],
  ServiceProviderConfig: ['GET'],
  Schemas: ['GET'],
  ResourceTypes: ['GET'],
};

/** Endpoints of RFC 7644 §3.2 that are known and not offered. */
const NOT_OFFERED: readonly string[] = ['Me', 'Bulk', '.search'];

/**
 * Finds what the path, relative to the base URL and cut at its slashes, leads to.
 *
 * @throws {ScimError} notFound, notImplemented
 */
export function findTarget(segments: readonly string[], registry: Registry): Target {
  const [endpoint, id, ...rest] = segments;
  if (endpoint !== undefined && NOT_OFFERED.includes(endpoint)) {
    throw new ScimError('notImplemented', `/${endpoint} is not offered; /ServiceProviderConfig lists what is.`);
  }
  const target = rest.length > 0 ? undefined : (resourceTarget(endpoint, id, registry) ?? discoveryTarget(endpoint, id));
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

/** The route's template, for the request line. */
export function routeOf(target: Target): string {
  if (target.kind === 'collection') return target.type.endpoint;
  if (target.kind === 'resource') return `${target.type.endpoint}/{id}`;
  return 'id' in target && target.id !== undefined ? `/${target.kind}/{id}` : `/${target.kind}`;
}

function resourceTarget(endpoint: string | undefined, id: string | undefined, registry: Registry): Target | undefined {
  const type = registry.find((candidate) => candidate.endpoint === `/${endpoint ?? ''}`);
  if (type === undefined) return undefined;
  return id === undefined ? { kind: 'collection', type } : { kind: 'resource', type, id };
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
