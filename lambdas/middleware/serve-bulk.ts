import type { Policy } from '../../src/access/policy.ts';
import { appliedLeniencies } from '../../src/directory/leniencies.ts';
import type { DirectoryOf } from '../../src/runtime/directory.ts';
import { creatorsIn } from '../../src/scim/bulk/operation.ts';
import { parseBulkRequest } from '../../src/scim/bulk/request.ts';
import { bulkResponse } from '../../src/scim/bulk/response.ts';
import type { Registry } from '../../src/scim/schema/resource-type.ts';
import type { Bulk } from './bulk-attempt.ts';
import { creationMarks } from './creation-marks.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';
import { runBulk } from './run-bulk.ts';

/** Serves `POST /Bulk` (RFC 7644 §3.7): 200 whatever becomes of the single operations. */
export const serveBulk =
  (directoryOf: DirectoryOf, services: Bulk['services']): Serve =>
  (request) =>
    request.target.kind === 'bulk' ? serve(directoryOf, services, request) : undefined;

async function serve(directoryOf: DirectoryOf, services: Bulk['services'], request: ScimRequest): Promise<ScimAnswer> {
  const { registry, context } = request;
  const { requestId, principal, policy } = context;
  const { failOnErrors, operations } = parseBulkRequest(request.body(), appliedLeniencies(policy));
  const bulk: Bulk = {
    request: { ...request, context: { ...context, policy: showingNothing(policy, registry) } },
    services,
    directory: directoryOf(registry, context),
    operations,
    creators: creatorsIn(operations),
    markOf: creationMarks(principal.application, request.body(), registry),
    created: new Map(),
  };
  return { status: 200, body: bulkResponse(await runBulk(bulk, failOnErrors), requestId) };
}

/** The answer to an operation has no place for the resource, so none is read for it. */
const showingNothing = (policy: Policy, registry: Registry): Policy => ({
  ...policy,
  patchAnswer: Object.fromEntries(registry.map(({ name }) => [name, 'noContent' as const])),
});
