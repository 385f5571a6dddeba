import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { HttpFunction } from '../../src/runtime/routes.ts';
import { lambdaContext } from '../lambda-context.ts';
import type { Tenant } from '../tenant.ts';
import { type Answer, refusal, toAnswer } from './answer.ts';
import { type SentRequest, toEvent } from './event.ts';
import { type Match, routesBelow } from './route.ts';

/** Taken from a method, whose parameters TypeScript compares both ways: a function's own type of context names what its middleware adds to it. */
export type Handler = { invoke(event: APIGatewayProxyEvent, context: Context): Promise<unknown> }['invoke'];
export type Handlers = Readonly<Record<HttpFunction, Handler>>;

export type Served = {
  readonly answer: Answer;
  /** `/Users/{id}`; absent when no function was asked. */
  readonly resource?: string;
};
export type Gateway = (request: SentRequest) => Promise<Served>;

/** Exceptions of a handler are not the client's: they end here, as a function's crash ends at the real gateway. */
type OnCrash = (functionName: string, error: unknown, requestId: string) => void;

export type GatewayOptions = {
  readonly tenant: Tenant;
  readonly handlers: Handlers;
  readonly newRequestId: () => string;
  readonly onCrash: OnCrash;
  readonly now?: () => number;
  readonly timeoutMs?: number;
};

/** The longest a REST API waits for a function. */
const GATEWAY_TIMEOUT_MS = 29_000;

/** Does what API Gateway does between the client and the functions of a tenant. */
export function createGateway(options: GatewayOptions): Gateway {
  const { tenant, newRequestId, now = Date.now } = options;
  const arrive = arrivals(tenant);
  return async (request) => {
    const requestId = newRequestId();
    const arrived = arrive(request, requestId, now());
    if ('answer' in arrived) return arrived;
    const answer = await invoke(options, arrived, lambdaContext(arrived.match.function, newRequestId(), now));
    const identified: Answer = { ...answer, headers: [...answer.headers, ['x-amzn-RequestId', requestId]] };
    return { answer: identified, resource: withoutPrefix(tenant.basePath, arrived.match.resource) };
  };
}

type Arrived = { readonly match: Match; readonly event: APIGatewayProxyEvent };

/** Finds a request's function and builds its event, or gives the answer for one that no function ever sees. */
function arrivals({ stage, basePath }: Tenant): (request: SentRequest, requestId: string, atMs: number) => Arrived | Served {
  const routeOf = routesBelow(basePath);
  return (request, requestId, atMs) => {
    const path = pathBelow(stage, request.path);
    if (path === undefined) return { answer: refusal(403, `There is nothing at this path: URLs begin with /${stage}${basePath}.`) };
    try {
      const match = routeOf(path);
      return { match, event: toEvent(request, match, { stage, requestId, atMs }) };
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      return { answer: refusal(400, 'The path or the query string is not validly percent-encoded.') };
    }
  };
}

const withoutPrefix = (prefix: string, text: string): string => (text.startsWith(prefix) ? text.slice(prefix.length) : text);

/** The path with the stage taken off, or undefined when it is not the stage's. */
function pathBelow(stage: string, path: string): string | undefined {
  if (path === `/${stage}`) return '';
  return path.startsWith(`/${stage}/`) ? path.slice(`/${stage}`.length) : undefined;
}

async function invoke(
  { handlers, onCrash, timeoutMs = GATEWAY_TIMEOUT_MS }: GatewayOptions,
  { match, event }: Arrived,
  context: Context,
): Promise<Answer> {
  const timeout = Promise.withResolvers<Answer>();
  const timer = setTimeout(() => timeout.resolve(refusal(504, 'The request took too long.', RETRY_SOON)), timeoutMs);
  try {
    return await Promise.race([run(handlers[match.function], event, context), timeout.promise]);
  } catch (error) {
    onCrash(match.function, error, event.requestContext.requestId);
    return refusal(502, 'The request could not be answered.', RETRY_SOON);
  } finally {
    clearTimeout(timer);
  }
}

const RETRY_SOON = { 'Retry-After': '5' };

/** A function's result that is none is a crash too. */
async function run(handler: Handler, event: APIGatewayProxyEvent, context: Context): Promise<Answer> {
  const answer = toAnswer(await handler(event, context));
  if (answer === undefined) throw new TypeError('the function returned no API Gateway result');
  return answer;
}
