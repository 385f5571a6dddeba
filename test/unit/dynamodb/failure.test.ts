import { describe, expect, it } from '@jest/globals';
import { StaleRead } from '../../../src/directory/ports.ts';
import { explainCancellation, isTransient } from '../../../src/dynamodb/failure.ts';
import type { PlannedWrite } from '../../../src/dynamodb/write.ts';
import { ScimError } from '../../../src/scim/errors.ts';

const named = (name: string, details: object = {}): Error => Object.assign(new Error(name), { name, ...details });

const cancelledFor = (...codes: readonly string[]): Error =>
  named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

const failing = (error?: Error): PlannedWrite => ({
  write: { kind: 'delete', key: { pk: 'a', sk: 'b' } },
  ...(error && { onConditionFailed: () => error }),
});

describe('isTransient', () => {
  it.each([
    ['a conflict of transactions', cancelledFor('None', 'TransactionConflict')],
    ['a throttled transaction', cancelledFor('ThrottlingError')],
    ['a single write that met a transaction', named('TransactionConflictException')],
    ['a transaction still at work', named('TransactionInProgressException')],
    ['throttling', named('ProvisionedThroughputExceededException')],
    ['the wait for an answer being over', named('AbortError')],
    ['a lost connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['a name that is not resolved', Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })],
    ['a fault of the service', named('Whatever', { $metadata: { httpStatusCode: 503 } })],
  ])('holds for %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    ['a failed condition', cancelledFor('TransactionConflict', 'ConditionalCheckFailed')],
    ['a malformed write', cancelledFor('ValidationError')],
    ['a cancellation without reasons', named('TransactionCanceledException')],
    ['a malformed call', named('ValidationException', { $metadata: { httpStatusCode: 400 } })],
    ['missing permission', named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } })],
    ['what is no error', 'AbortError'],
  ])('does not hold for %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});

describe('explainCancellation', () => {
  const taken = new ScimError('uniqueness');
  const stale = new StaleRead();

  it('gives the error of the write whose condition failed', () => {
    const error = cancelledFor('None', 'ConditionalCheckFailed');

    expect(explainCancellation(error, [failing(stale), failing(taken)])).toBe(taken);
  });

  it('lets a stale read speak first, because the rest was decided on it', () => {
    const error = cancelledFor('ConditionalCheckFailed', 'ConditionalCheckFailed');

    expect(explainCancellation(error, [failing(taken), failing(stale)])).toBe(stale);
  });

  it('passes on what it cannot explain', () => {
    const unexpected = cancelledFor('ConditionalCheckFailed');

    expect(explainCancellation(unexpected, [failing()])).toBe(unexpected);
    expect(explainCancellation(taken, [failing(stale)])).toBe(taken);
  });
});
