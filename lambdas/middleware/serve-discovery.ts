import { renderResourceType, renderSchema, renderServiceProviderConfig } from '../../src/scim/discovery.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { listResponse } from '../../src/scim/messages.ts';
import type { Registry, Schema } from '../../src/scim/schema/resource-type.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';
import { type DiscoveryTarget, isDiscovery } from './target.ts';

/** Serves /ServiceProviderConfig, /Schemas and /ResourceTypes (RFC 7644 §4), all rendered from the registry. */
export const serveDiscovery: Serve = (request) => {
  const { target } = request;
  return isDiscovery(target) ? Promise.resolve(discover(request, target)) : undefined;
};

function discover({ parameters, registry, context: { baseUrl } }: ScimRequest, target: DiscoveryTarget): ScimAnswer {
  if (parameters.has('filter')) throw new ScimError('forbidden', 'Discovery takes no filter (RFC 7644 §4).');
  if (target.kind === 'ServiceProviderConfig') return { status: 200, body: renderServiceProviderConfig(baseUrl) };
  const id = 'id' in target ? target.id : undefined;
  return target.kind === 'Schemas'
    ? oneOrAll(schemasOf(registry), id, 'schema', (schema) => renderSchema(schema, baseUrl))
    : oneOrAll(
        registry.map((type) => ({ ...type, id: type.name })),
        id,
        'resource type',
        (type) => renderResourceType(type, baseUrl),
      );
}

/** Names and URNs are compared whatever their case, as in paths (RFC 7644 §3.10). */
function oneOrAll<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string | undefined,
  noun: string,
  render: (item: Item) => JsonObject,
): ScimAnswer {
  if (id === undefined) return { status: 200, body: listResponse(items.map(render), items.length, 1) };
  const item = items.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  if (item === undefined) throw new ScimError('notFound', `There is no ${noun} of this name.`);
  return { status: 200, body: render(item) };
}

/** Each schema once, however many resource types use it. */
function schemasOf(registry: Registry): readonly Schema[] {
  const all = registry.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);
  return [...new Map(all.map((schema) => [schema.id, schema])).values()];
}
