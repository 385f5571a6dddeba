import { authorise } from '../../src/access/authorise.ts';
import type { Directory, RequestContext } from '../../src/directory/context.ts';
import type { HttpServices } from '../../src/runtime/services.ts';
import { type BulkOperation, type Creators, parseOperation, referencesOf } from '../../src/scim/bulk/operation.ts';
import { bulkIdIn, type Referred } from '../../src/scim/bulk/references.ts';
import type { SentOperation } from '../../src/scim/bulk/request.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { Exchange, ScimRequest } from './exchange.ts';
import { namedResource, operationOf } from './gates.ts';
import { noteSubject } from './serve-resources.ts';
import type { Target } from './target.ts';

/** A bulk request on its way. */
export type Bulk = {
  readonly request: ScimRequest;
  readonly services: Pick<HttpServices, 'log' | 'environment'>;
  readonly directory: Directory;
  readonly operations: readonly SentOperation[];
  readonly creators: Creators;
  readonly markOf: (bulkId: string) => string;
  /** What has been created so far, by bulkId. */
  readonly created: Map<string, Referred>;
};

type Noted =
  | 'operation'
  | 'resourceType'
  | 'resourceId'
  | 'subject'
  | 'previousSubject'
  | 'changed'
  | 'ignored'
  | 'effect'
  | 'state'
  | 'membersAdded'
  | 'membersRemoved';

/** What is known of one operation, step by step. */
export type Attempt = {
  readonly index: number;
  readonly sent: SentOperation;
  readonly line: Pick<Exchange['line'], Noted>;
  target?: Target;
  verdict?: ScimRequest['verdict'];
  /** Of the resource that is to be changed; it need not exist. */
  location?: string;
  isRepeat?: boolean;
  /** What came of it, unless it failed. */
  done?: { readonly status: number; readonly location?: string; readonly version?: string };
};

/** Past this, what is not begun is left to a repeat of the request, so that there is time to take back and to answer. */
const ANSWER_MS = 1_500;

export const openAttempt = ({ operations }: Bulk, index: number): Attempt => ({ index, sent: operations[index] ?? {}, line: {} });

/** What is done late in a request is stamped with the time at which it is done: who asks for what is new would miss it. */
export const contextNow = ({ request, directory }: Bulk): RequestContext => ({ ...request.context, now: new Date(directory.clock()) });

/**
 * Learns what an operation asks for, and whether the application may do it.
 *
 * @throws {ScimError} invalidSyntax, invalidPath, invalidValue — it makes no sense
 * @throws {ScimError} forbidden
 */
export function understand({ request, creators, created }: Bulk, attempt: Attempt): BulkOperation {
  const { registry, context } = request;
  const operation = parseOperation(attempt.sent, attempt.index, registry, creators);
  const { method, type, id: named, data } = operation;
  if (method === 'POST' || method === 'PUT') noteSubject({ line: attempt.line, body: () => data }, type);
  const reference = named === undefined ? undefined : bulkIdIn(named);
  const id = reference === undefined ? named : created.get(reference)?.id;
  if (id !== undefined) attempt.location = `${context.baseUrl}${type.endpoint}/${encodeURIComponent(id.toWellFormed())}`;
  const target: Target = method === 'POST' ? { kind: 'collection', type } : { kind: 'resource', type, id: id ?? '' };
  attempt.target = target;
  const asked = operationOf(method, target);
  Object.assign(attempt.line, { operation: asked.action, resourceType: asked.resourceType, ...namedResource(target) });
  attempt.verdict = authorise(context.policy, context.principal.scope, asked);
  return operation;
}

/** @throws {ScimError} unavailable — it is too late to begin */
export function requireTime({ request, directory }: Bulk): void {
  if (directory.clock() < request.context.deadlineMs - ANSWER_MS) return;
  throw new ScimError(
    'unavailable',
    'Time ran out before this operation was begun; send the same request again, and what is done stays done.',
  );
}

/**
 * Refuses an operation that refers to one that failed; one that is only made later is no reason.
 *
 * @throws {ScimError} conflict
 */
export function requireCreated(
  { creators, created }: Bulk,
  { at }: BulkOperation,
  sent: SentOperation,
  later: ReadonlySet<number> = new Set(),
): void {
  const missing = referencesOf(sent).find((bulkId) => !created.has(bulkId) && !later.has(creators.get(bulkId) ?? -1));
  if (missing === undefined) return;
  throw new ScimError(
    'conflict',
    `${at}: it refers to Operations[${creators.get(missing)}], which failed; correct that one, and send this one again.`,
  );
}
