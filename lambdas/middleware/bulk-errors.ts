import { type BulkOperationLine, describeUnexpected } from '../../src/runtime/log.ts';
import { echoOf } from '../../src/scim/bulk/operation.ts';
import type { OperationResult } from '../../src/scim/bulk/response.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { Attempt, Bulk } from './bulk-attempt.ts';
import { UNEXPECTED } from './respond.ts';
import { routeOf } from './target.ts';

export type Failure = { readonly index: number; readonly error: unknown };

/** Does the work for one after the other until it fails for one; that is all that a failure ends in a bulk request. */
export async function inTurn<Item extends { readonly index: number }>(
  items: readonly Item[],
  work: (item: Item) => unknown,
): Promise<Failure | undefined> {
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      return { index: item.index, error };
    }
  }
  return undefined;
}

/** Says what came of an operation, to the client and in the log: as for a single request, only a `ScimError` speaks to the client. */
export function conclude(bulk: Bulk, attempt: Attempt, failure: Failure | undefined): OperationResult {
  const refused = failure === undefined ? undefined : spokenOf(bulk, failure.error);
  const status = refused?.status ?? attempt.done?.status ?? UNEXPECTED.status;
  bulk.services.log(lineOf(bulk, attempt, status, failure));
  if (refused === undefined) return { ...echoOf(attempt.sent), ...attempt.done, status };
  return { ...echoOf(attempt.sent), ...(attempt.location !== undefined && { location: attempt.location }), status, refused };
}

function spokenOf({ services, request }: Bulk, error: unknown) {
  if (error instanceof ScimError) return error;
  services.log({
    event: 'unexpectedError',
    requestId: request.context.requestId,
    tenant: services.environment.TENANT,
    ...describeUnexpected(error),
  });
  return UNEXPECTED;
}

function lineOf({ services, request }: Bulk, attempt: Attempt, status: number, failure: Failure | undefined): BulkOperationLine {
  const { requestId, principal } = request.context;
  const { changed, ...line } = attempt.line;
  const { method = '' } = echoOf(attempt.sent);
  return {
    event: 'bulkOperation',
    requestId,
    tenant: services.environment.TENANT,
    index: attempt.index,
    ...(attempt.target === undefined ? {} : { method, route: routeOf(attempt.target) }),
    status,
    application: principal.application,
    credential: principal.credential,
    ...line,
    ...(changed === undefined || failure !== undefined ? {} : { changed }),
    ...(failure?.error instanceof ScimError ? { refusal: failure.error.kind } : {}),
    ...(attempt.verdict === 'ignore' ? { policy: attempt.verdict } : {}),
    ...(attempt.isRepeat === true && failure === undefined ? { repeated: true } : {}),
  };
}
