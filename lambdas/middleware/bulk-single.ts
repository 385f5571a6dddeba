import { createResourceOnce } from '../../src/directory/create-resource.ts';
import type { Outcome } from '../../src/directory/outcome.ts';
import type { BulkOperation } from '../../src/scim/bulk/operation.ts';
import { resolveReferences } from '../../src/scim/bulk/references.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { type Attempt, type Bulk, contextNow, requireCreated, requireTime, understand } from './bulk-attempt.ts';
import type { ScimRequest } from './exchange.ts';
import { headersOf, noteOutcome, serveResources } from './serve-resources.ts';

/** Does what one operation asks for, as if it had been sent alone. */
export async function perform(bulk: Bulk, attempt: Attempt): Promise<void> {
  const operation = understand(bulk, attempt);
  requireTime(bulk);
  requireCreated(bulk, operation, attempt.sent);
  if (operation.method === 'POST') await create(bulk, attempt, operation, operation.data);
  else await change(bulk, attempt, operation);
}

/** Creates a resource, or finds that it was created when the same request was sent for the first time. */
export async function create(
  bulk: Bulk,
  attempt: Attempt,
  { type, bulkId = '' }: BulkOperation,
  data: JsonObject,
): Promise<Outcome & { readonly isRepeat: boolean }> {
  const { directory, request, created, markOf } = bulk;
  const outcome = await createResourceOnce(directory, contextNow(bulk), type, resolved(bulk, data), markOf(bulkId));
  noteOutcome(attempt, outcome);
  const { Location: location = '', ETag: version } = headersOf(request, type, outcome);
  created.set(bulkId, { id: outcome.id, location });
  attempt.isRepeat = outcome.isRepeat;
  attempt.done = { status: 201, location, ...(version !== undefined && { version }) };
  return outcome;
}

/** Nothing of the resource is shown, so nothing is read for that. */
const SHOWN: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([['PUT', new Map([['attributes', 'id']])]]);

async function change(bulk: Bulk, attempt: Attempt, { method, version, data }: BulkOperation): Promise<void> {
  const { target, verdict, line, location } = attempt;
  if (target === undefined || verdict === undefined) throw new TypeError('an operation is understood before it is performed');
  const single: ScimRequest = {
    ...bulk.request,
    context: contextNow(bulk),
    method,
    target,
    verdict,
    parameters: SHOWN.get(method) ?? new Map(),
    ifMatch: version,
    ifNoneMatch: undefined,
    body: () => resolved(bulk, data),
    line,
  };
  const answer = await serveResources(() => bulk.directory)(single);
  if (answer === undefined) throw new TypeError('an operation leads to a resource');
  const etag = answer.headers?.['ETag'];
  attempt.done = { status: answer.status, ...(location !== undefined && { location }), ...(etag !== undefined && { version: etag }) };
}

const resolved = ({ created }: Bulk, data: JsonObject): JsonObject => resolveReferences(data, (bulkId) => created.get(bulkId));
