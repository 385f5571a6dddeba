import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { scimHandler } from '../../lambdas/middleware/pipeline.ts';
import { redirectEvents } from '../../lambdas/middleware/redirect-events.ts';
import { serveAll } from '../../lambdas/middleware/serve-all.ts';
import { serveEvents } from '../../lambdas/middleware/serve-events.ts';
import { type Policy, policySchema } from '../../src/access/policy.ts';
import type { Principal } from '../../src/access/principal.ts';
import type { Feed } from '../../src/directory/feed/read-feed.ts';
import { governed } from '../../src/directory/governed.ts';
import { brakeOf } from '../../src/runtime/directory.ts';
import { openFeed } from '../../src/runtime/feed.ts';
import type { LogLine, RequestLine } from '../../src/runtime/log.ts';
import type { HttpServices } from '../../src/runtime/services.ts';
import { uuidV7 } from '../../src/runtime/uuid-v7.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { ENVIRONMENT } from './environment.ts';
import { aGatewayEvent } from './gateway-event.ts';
import { openTestStore, type TestStore } from './store-open.ts';

const TOKEN = 'a-token-of-the-tests';

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as a client of these tests reads it: any shape. */
  readonly json: Json;
  readonly line: RequestLine;
};

// biome-ignore lint/suspicious/noExplicitAny: an answer's body is looked into by the test that knows its shape
type Json = any;

type Sent = {
  readonly body?: unknown;
  readonly text?: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | undefined;
  /** The peer of the connection, as API Gateway sees it. */
  readonly sourceIp?: string;
  /** A custom domain, and what leads to the stage there: API Gateway puts it in front of the path, in place of the stage. */
  readonly domain?: { readonly name: string; readonly path: string };
};

export type Endpoint = {
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Answer>;
  readonly lines: readonly LogLine[];
  readonly table: TestStore;
  /** What `/events` is answered from. */
  readonly feed: Feed;
};

type Options = {
  readonly policy?: JsonObject;
  readonly principal?: Partial<Principal>;
  readonly services?: Partial<HttpServices>;
  readonly openStore?: () => Promise<TestStore>;
  readonly publicUrl?: string;
  readonly newId?: () => string;
  /** What the function has left when a request comes in. */
  readonly remainingMs?: number;
  readonly feed?: Partial<Feed>;
  /** As behind the paths that no route names: events are another function's. */
  readonly isCatchAll?: boolean;
};

/** The whole stack behind API Gateway, on a fresh table: the real pipeline, with the token check reduced to one token. */
export async function openEndpoint(options: Options = {}): Promise<Endpoint> {
  const {
    policy = {},
    principal,
    services,
    openStore = openTestStore,
    publicUrl,
    newId = () => uuidV7(Date.now()),
    remainingMs = 25_000,
  } = options;
  const table = await openStore();
  const lines: LogLine[] = [];
  const caller: Principal = { application: 'default', credential: 'credential-1', scope: 'full', ...principal };
  const parsedPolicy: Policy = policySchema.parse(policy);
  const all: HttpServices = {
    environment: { ...ENVIRONMENT, TABLE_NAME: table.tableName, ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }) },
    registryOf: async () => REGISTRY,
    authenticate: async (header) => {
      if (header !== `Bearer ${TOKEN}`) throw new ScimError('unauthorized');
      return caller;
    },
    recordUse: () => undefined,
    policyOf: async () => parsedPolicy,
    mappingOf: async () => undefined,
    clock: Date.now,
    log: (line) => lines.push(line),
    ...services,
  };
  const directory = { store: table.store, newId, mappingOf: all.mappingOf, clock: all.clock };
  const brake = brakeOf({ ...all, client: table.client });
  const feed = { ...openFeed({ ...all, client: table.client }), ...options.feed };
  const served = serveAll((registry, context) => governed(directory, { registry, brake, context }), all);
  const handler = scimHandler(all, [...served, options.isCatchAll ? redirectEvents : serveEvents(feed)]);
  const handle: Handler = (event) => handler(event, lambdaContext(remainingMs));
  return { lines, table, feed, send: (method, path, sent = {}) => exchange(handle, lines, method, path, sent) };
}

type ScimHandler = ReturnType<typeof scimHandler>;
type Handler = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

async function exchange(handler: Handler, lines: readonly LogLine[], method: string, path: string, sent: Sent): Promise<Answer> {
  const requestId = randomUUID();
  const proxy = `scim/v2${path}`;
  const token = 'token' in sent ? sent.token : TOKEN;
  const mapping = sent.domain?.path ? `/${sent.domain.path}` : '';
  const event = aGatewayEvent({
    method,
    resource: '/{proxy+}',
    pathParameters: { proxy },
    path: `${mapping}/${proxy}`,
    ...(sent.domain && { fullPath: `${mapping}/${proxy}` }),
    headers: {
      'content-type': 'application/scim+json',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...sent.headers,
    },
    query: Object.fromEntries(Object.entries(sent.query ?? {}).map(([name, value]) => [name, [value].flat()])),
    ...bodyOf(sent),
  });
  event.requestContext.requestId = requestId;
  if (sent.domain !== undefined) event.requestContext.domainName = sent.domain.name;
  if (sent.sourceIp !== undefined) event.requestContext.identity.sourceIp = sent.sourceIp;
  const { statusCode, headers, body } = await handler(event);
  const line = lines.findLast((candidate): candidate is RequestLine => candidate.event === 'request' && candidate.requestId === requestId);
  if (line === undefined) throw new Error('the request left no line');
  return { status: statusCode, headers: stringsOf(headers), text: body, json: body === '' ? undefined : JSON.parse(body), line };
}

const bodyOf = ({ body, text }: Sent): { readonly body?: string } => {
  if (text !== undefined) return { body: text };
  return body === undefined ? {} : { body: JSON.stringify(body) };
};

const stringsOf = (headers: object | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

const lambdaContext = (remainingMs: number) =>
  ({ awsRequestId: 'lambda-1', getRemainingTimeInMillis: () => remainingMs }) as Partial<Context> as Parameters<ScimHandler>[1];
