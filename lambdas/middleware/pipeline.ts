import middy from '@middy/core';
import type { HttpServices } from '../../src/runtime/services.ts';
import { ScimError } from '../../src/scim/errors.ts';
import {
  type Exchange,
  headerOf,
  parametersOf,
  type ScimContext,
  type ScimEvent,
  type ScimRequest,
  type ScimResult,
  type Serve,
} from './exchange.ts';
import { authenticate, authoriseOperation, parseBody } from './gates.ts';
import { observe } from './observe.ts';
import { respond } from './respond.ts';
import { scimErrors } from './scim-errors.ts';

/** The one way in: observe → errors → authenticate → authorise → parse → the use case. */
export const scimHandler = (services: HttpServices, serves: readonly Serve[]) =>
  middy<ScimEvent, ScimResult, Error, ScimContext>()
    .use(observe(services))
    .use(scimErrors())
    .use(authenticate(services))
    .use(authoriseOperation(services))
    .use(parseBody())
    .handler(async (event, { exchange }) => {
      const request = passed(event, exchange);
      for (const serve of serves) {
        const answer = await serve(request);
        if (answer !== undefined) return respond(answer, exchange.requestId);
      }
      throw new ScimError('notFound');
    });

function passed(event: ScimEvent, exchange: Exchange): ScimRequest {
  const { target, registry, principal, policy, baseUrl, verdict, body, line, now, requestId, deadlineMs, usage } = exchange;
  if (!target || !registry || !principal || !policy || baseUrl === undefined || !verdict) {
    throw new TypeError('a gate was left out of the pipeline');
  }
  return {
    method: event.httpMethod,
    target,
    registry,
    parameters: parametersOf(event),
    ifMatch: headerOf(event, 'if-match'),
    ifNoneMatch: headerOf(event, 'if-none-match'),
    verdict,
    body: () => {
      if (body === undefined) throw new ScimError('invalidSyntax', 'The request needs a JSON body.');
      return body;
    },
    context: { requestId, deadlineMs, usage, principal, policy, now, baseUrl },
    line,
  };
}
