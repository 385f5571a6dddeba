import { authorise } from '../../src/access/authorise.ts';
import { appliedLeniencies } from '../../src/directory/leniencies.ts';
import type { DirectoryOf } from '../../src/runtime/directory.ts';
import { parseListQuery, parseSearchRequest } from '../../src/scim/query.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { requireSearchRequest } from '../../src/scim/search/request.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';
import { list, type Span } from './list-answer.ts';

/** Serves `/.search`, of one type or of all (RFC 7644 §3.4.3), and queries of the base URL (RFC 7644 §3.4.2.1). */
export const serveSearch =
  (directoryOf: DirectoryOf): Serve =>
  (request) => {
    const { target } = request;
    if (target.kind === 'search') return search(directoryOf, request, target.type);
    return target.kind === 'root' ? listAll(directoryOf, request) : undefined;
  };

async function search(directoryOf: DirectoryOf, request: ScimRequest, type: ResourceType | undefined): Promise<ScimAnswer> {
  const { context, registry } = request;
  const span = type === undefined ? allTypes(request) : { types: [type], served: request.verdict === 'empty' ? [] : [type] };
  const body = request.body();
  requireSearchRequest(body, appliedLeniencies(context.policy));
  return list(directoryOf(registry, context), context, span, (each) => parseSearchRequest(each, body, span.types));
}

async function listAll(directoryOf: DirectoryOf, request: ScimRequest): Promise<ScimAnswer> {
  const { context, registry, parameters } = request;
  return list(directoryOf(registry, context), context, allTypes(request), (type) => parseListQuery(type, parameters, registry));
}

/** @throws {ScimError} forbidden */
const allTypes = ({ registry, context: { policy, principal } }: ScimRequest): Span => ({
  types: registry,
  served: registry.filter(({ name }) => authorise(policy, principal.scope, { action: 'read', resourceType: name }) !== 'empty'),
});
