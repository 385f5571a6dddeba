import { StaleRead } from '../directory/ports.ts';
import type { PlannedWrite } from './write.ts';

/** What the service says of each write of a cancelled transaction, in the order of the writes. */
type Cancellation = { readonly name: 'TransactionCanceledException'; readonly CancellationReasons?: readonly { readonly Code?: string }[] };

const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
  'AbortError',
  'TimeoutError',
]);

const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const TRANSIENT_REASONS: ReadonlySet<string> = new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

type Failure = { readonly name?: unknown; readonly code?: unknown; readonly $metadata?: { readonly httpStatusCode?: number } };

/** By its shape, not its class: an aborted call fails with a DOMException. */
const isFailure = (error: unknown): error is Failure => typeof error === 'object' && error !== null;

const isCancellation = (error: unknown): error is Cancellation => isFailure(error) && error.name === 'TransactionCanceledException';

/** Says whether the same call, sent again, may well succeed. */
export function isTransient(error: unknown): boolean {
  if (isCancellation(error)) {
    const reasons = error.CancellationReasons ?? [];
    return reasons.length > 0 && reasons.every(({ Code = 'None' }) => TRANSIENT_REASONS.has(Code));
  }
  if (!isFailure(error)) return false;
  const { name, code, $metadata } = error;
  return TRANSIENT_NAMES.has(String(name)) || TRANSIENT_CODES.has(String(code)) || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/**
 * Says what a cancelled transaction means: the error of the write whose condition failed.
 *
 * When several failed, a stale read is the most telling: decided again, the others show themselves if they still hold.
 * (A user renamed twice at once finds the new name taken, by itself.)
 */
export function explainCancellation(error: unknown, writes: readonly PlannedWrite[]): unknown {
  if (!isCancellation(error)) return error;
  const refusals = writes.flatMap(({ onConditionFailed }, index) => {
    const failed = error.CancellationReasons?.[index]?.Code === 'ConditionalCheckFailed';
    return failed && onConditionFailed ? [onConditionFailed()] : [];
  });
  return refusals.find((refusal) => refusal instanceof StaleRead) ?? refusals[0] ?? error;
}
