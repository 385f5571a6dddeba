import { describe, expect, it } from '@jest/globals';
import type { BulkOperationLine, LogLine, RequestLine } from '../../../src/runtime/log.ts';
import { embedMetrics } from '../../../src/runtime/metrics.ts';

const REQUEST: RequestLine = {
  event: 'request',
  requestId: 'r',
  tenant: 'acme',
  method: 'POST',
  status: 200,
  durationMs: 12,
  storeCalls: 0,
  storeRoundTrips: 0,
  storeRetries: 0,
  readUnits: 0,
  writeUnits: 0,
};
const OPERATION: BulkOperationLine = {
  event: 'bulkOperation',
  requestId: 'r',
  tenant: 'acme',
  index: 0,
  status: 200,
  application: 'default',
  credential: 'c',
};
const INSPECTION = { event: 'inspection', tenant: 'acme', items: 1, memberships: 0, orphans: 0, requeued: 0, activeUsers: 0 } as const;
const WORK = { event: 'work', requestId: 'r', tenant: 'acme', work: 'sweep', rows: 1, left: 0, durationMs: 1 } as const;
const NO_CALLS = { storeCalls: 0, storeRetries: 0, readUnits: 0, writeUnits: 0 } as const;

/** What a line counts, by name. */
function metricsIn(line: LogLine): Readonly<Record<string, unknown>> {
  const { _aws: _description, ...values } = embedMetrics(line, 0);
  return values;
}

describe('embedMetrics', () => {
  it.each<[string, Partial<RequestLine>, object]>([
    ['done', {}, {}],
    ['not authenticated', { status: 401 }, { AuthFailures: 1 }],
    ['in conflict with a unique value', { status: 409 }, { Conflicts: 1 }],
    ['in conflict with a version', { status: 412 }, { Conflicts: 1 }],
    ['refused', { status: 404 }, { Refusals: 1 }],
    ['held by the brake', { status: 503, refusal: 'braked' }, { Refusals: 1 }],
    ['for what is not offered', { status: 501, refusal: 'notImplemented' }, { Refusals: 1 }],
    ['that the service was too busy for', { status: 503, refusal: 'unavailable' }, { ServerErrors: 1 }],
    ['that failed', { status: 500 }, { ServerErrors: 1 }],
    ['that had to try again', { storeRetries: 3 }, { Retries: 3 }],
    ['that created', { status: 201, operation: 'create' }, { Creates: 1 }],
    ['that would have created', { status: 409, operation: 'create' }, { Conflicts: 1 }],
    ['that removed', { status: 204, operation: 'remove' }, { Removals: 1, Departures: 1 }],
    ['that was ignored', { status: 204, operation: 'remove', policy: 'ignore' }, {}],
    ['that removed by a deactivation', { operation: 'update', effect: 'removed', state: 'disabled' }, { Removals: 1, Departures: 1 }],
    ['that disabled', { operation: 'update', state: 'disabled' }, { Disables: 1, Departures: 1 }],
    ['that enabled', { operation: 'update', state: 'enabled' }, {}],
  ])('counts a request %s', (_, line, expected) => {
    expect(metricsIn({ ...REQUEST, ...line })).toEqual({ Latency: 12, ...expected });
  });

  it('keeps the time of bulk requests apart, which are as slow as they are long', () => {
    expect(metricsIn({ ...REQUEST, route: '/Bulk' })).toEqual({ BulkLatency: 12 });
  });

  it('counts no time of requests for events, which wait for something to happen', () => {
    expect(metricsIn({ ...REQUEST, route: '/events' })).toEqual({});
    expect(metricsIn({ ...REQUEST, route: '/events', status: 403 })).toEqual({ Refusals: 1 });
  });

  it.each<[string, Partial<BulkOperationLine>, object]>([
    ['that created', { status: 201, operation: 'create' }, { Creates: 1 }],
    ['that an earlier send had done', { status: 201, operation: 'create', repeated: true }, {}],
    ['that disabled', { operation: 'update', state: 'disabled' }, { Disables: 1, Departures: 1 }],
    ['that failed', { status: 500, operation: 'create' }, { ServerErrors: 1 }],
  ])('counts an operation of a bulk request %s', (_, line, expected) => {
    expect(metricsIn({ ...OPERATION, ...line })).toEqual(expected);
  });

  it.each<[string, LogLine, object]>([
    ['of an inspection, who is active, if only nobody', INSPECTION, { ActiveUsers: 0 }],
    ['of an inspection, what nobody had done', { ...INSPECTION, activeUsers: 7, requeued: 2 }, { ActiveUsers: 7, SweepBacklog: 2 }],
    ['of work, what had to be tried again', { ...WORK, ...NO_CALLS, storeRetries: 4 }, { Retries: 4 }],
    ['the days that are left, if only none', { event: 'metric', tenant: 'acme', TokenDaysLeft: 0 }, { TokenDaysLeft: 0 }],
    [
      'an error nobody foresaw',
      { event: 'unexpectedError', requestId: 'r', tenant: 'acme', names: [], frames: [] },
      { UnexpectedErrors: 1 },
    ],
  ])('counts %s', (_, line, expected) => {
    expect(metricsIn(line)).toEqual(expected);
  });

  it('leaves a line alone that counts nothing', () => {
    expect(embedMetrics({ ...WORK, ...NO_CALLS }, 0)).toEqual({});
    expect(embedMetrics({ event: 'notice', tenant: 'acme', notice: 'n' }, 0)).toEqual({});
  });
});
