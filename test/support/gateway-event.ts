import type { APIGatewayProxyEvent } from 'aws-lambda';

type Parts = {
  readonly method?: string;
  /** The route's template, `/scim/v2/Users/{id}`. */
  readonly resource: string;
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** Below the stage. */
  readonly path: string;
  readonly stage?: string;
  /** With what stands before the API's own path; by default the stage. */
  readonly fullPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly body?: string;
};

/** An event as a REST API hands it to a proxy function; the parts no handler reads are left empty. */
export function aGatewayEvent({ method = 'GET', resource, pathParameters, path, stage = 'acme', ...parts }: Parts): APIGatewayProxyEvent {
  const query = parts.query ?? {};
  return {
    httpMethod: method,
    resource,
    path,
    pathParameters: pathParameters === undefined ? null : { ...pathParameters },
    headers: { ...parts.headers },
    multiValueHeaders: Object.fromEntries(Object.entries(parts.headers ?? {}).map(([name, value]) => [name, [value]])),
    queryStringParameters: Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.at(-1) ?? ''])),
    multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([name, values]) => [name, [...values]])),
    stageVariables: null,
    body: parts.body ?? null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      authorizer: null,
      domainName: 'api.example.com',
      httpMethod: method,
      identity: { sourceIp: '127.0.0.1' } as APIGatewayProxyEvent['requestContext']['identity'],
      path: parts.fullPath ?? `/${stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId: 'request-1',
      requestTimeEpoch: 0,
      resourceId: '',
      resourcePath: resource,
      stage,
    },
  };
}
