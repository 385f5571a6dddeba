import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Match } from './route.ts';

/** An HTTP request as it came in: nothing decoded, header names as written. */
export type SentRequest = {
  readonly method: string;
  /** Path as sent, from the stage on: `/example/scim/v2/Users`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
};

export type Arrival = { readonly stage: string; readonly requestId: string; readonly atMs: number };

/**
 * Builds the event a REST API hands to a function in proxy integration.
 *
 * The path stays as sent; parameters of path and query are decoded, once. Of a repeated header or parameter
 * the single-value map has the last.
 */
export function toEvent(request: SentRequest, { resource, pathParameters }: Match, arrival: Arrival): APIGatewayProxyEvent {
  const headers = collect([...request.headers, ...forwarding(request)]);
  const parameters = collect(decodeQuery(request.query));
  return {
    resource,
    path: request.path.slice(`/${arrival.stage}`.length) || '/',
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: parameters.size === 0 ? null : lastOf(parameters),
    multiValueQueryStringParameters: parameters.size === 0 ? null : Object.fromEntries(parameters),
    pathParameters: pathParameters === null ? null : { ...pathParameters },
    stageVariables: null,
    requestContext: requestContext(request, resource, arrival),
    body: request.body.length === 0 ? null : request.body.toString('utf8'),
    isBase64Encoded: false,
  };
}

/**
 * Splits and decodes a query string as the gateway does: `+` is a space, and an empty part, as after a trailing `&`, is nothing.
 *
 * @throws {URIError} for a `%` that encodes nothing
 */
function decodeQuery(query: string): readonly (readonly [string, string])[] {
  const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', ...value] = part.split('=');
      return [decode(name), decode(value.join('='))];
    });
}

/** What the gateway adds by itself; a client that sends `X-Forwarded-For` finds its own text before the real address. */
function forwarding({ headers, sourceIp }: SentRequest): SentRequest['headers'] {
  const claimed = headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  return [
    ['X-Forwarded-For', [...claimed, sourceIp].join(', ')],
    ['X-Forwarded-Proto', 'http'],
  ];
}

function collect(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string[]> {
  const collected = new Map<string, string[]>();
  for (const [name, value] of pairs) collected.set(name, [...(collected.get(name) ?? []), value]);
  return collected;
}

const lastOf = (lists: ReadonlyMap<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries([...lists].map(([name, values]) => [name, values.at(-1) ?? '']));

function requestContext(
  request: SentRequest,
  resourcePath: string,
  { stage, requestId, atMs }: Arrival,
): APIGatewayProxyEvent['requestContext'] {
  const host = request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost';
  const userAgent = request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? null;
  return {
    accountId: '000000000000',
    apiId: 'local',
    authorizer: null,
    protocol: 'HTTP/1.1',
    httpMethod: request.method,
    path: request.path,
    stage,
    requestId,
    requestTimeEpoch: atMs,
    resourceId: 'local',
    resourcePath,
    domainName: host.replace(/:\d+$/, ''),
    identity: { ...ANONYMOUS, sourceIp: request.sourceIp, userAgent },
  };
}

const ANONYMOUS = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};
