import type { MiddlewareObj, Request } from '@middy/core';
import { noUsage } from '../../src/access/no-usage.ts';
import { describeUnexpected, type RequestLine } from '../../src/runtime/log.ts';
import type { HttpServices } from '../../src/runtime/services.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { ScimContext, ScimEvent, ScimResult } from './exchange.ts';
import { routeOf } from './target.ts';

/** Kept back from the function's timeout, so that the refusal still goes out. */
const ANSWER_MS = 1_500;
/** However long the function may run, API Gateway waits 29 s. */
const LONGEST_MS = 20_000;

type Observed = Pick<HttpServices, 'environment' | 'clock' | 'log'>;

/** Opens the exchange, and closes it with one request line, whatever came between. */
export function observe(services: Observed): MiddlewareObj<ScimEvent, ScimResult, Error, ScimContext> {
  let coldStart = true;
  const close = (request: Request<ScimEvent, ScimResult, Error, ScimContext>): void => {
    services.log({ ...requestLine(services, request), ...(coldStart ? { coldStart } : {}) });
    coldStart = false;
  };
  return {
    before: ({ event, context }) => {
      const startedMs = services.clock();
      context.exchange = {
        requestId: event.requestContext.requestId,
        now: new Date(startedMs),
        deadlineMs: startedMs + Math.min(LONGEST_MS, context.getRemainingTimeInMillis() - ANSWER_MS),
        usage: noUsage(),
        line: {},
      };
    },
    after: close,
    onError: (request) => {
      const { error } = request;
      if (!(error instanceof ScimError)) {
        services.log({
          event: 'unexpectedError',
          requestId: request.context.exchange.requestId,
          tenant: services.environment.TENANT,
          ...describeUnexpected(error),
        });
      }
      close(request);
    },
  };
}

function requestLine(
  { environment, clock }: Observed,
  { event, context, response, error }: Request<ScimEvent, ScimResult, Error, ScimContext>,
): RequestLine {
  const { requestId, now, usage, principal, target, verdict, line } = context.exchange;
  return {
    event: 'request',
    requestId,
    tenant: environment.TENANT,
    method: event.httpMethod,
    ...(target === undefined ? {} : { route: routeOf(target) }),
    status: response?.statusCode ?? 500,
    durationMs: clock() - now.getTime(),
    ...(principal === undefined ? {} : { application: principal.application, credential: principal.credential }),
    ...line,
    ...(error instanceof ScimError ? { refusal: error.kind } : {}),
    ...(verdict === undefined || verdict === 'allow' ? {} : { policy: verdict }),
    storeCalls: usage.calls,
    storeRoundTrips: usage.roundTrips,
    storeRetries: usage.retries,
    readUnits: usage.readUnits,
    writeUnits: usage.writeUnits,
  };
}
