import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 256 * 1024;

/** A refusal as a service of AWS words it; the SDK turns `code` into the name of the error. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type AwsEndpointOptions = {
  /** Whoever signs with another access key is refused, so that no other user and no web page is served. */
  readonly accessKeyId: string;
  /** Of the AWS JSON protocol. */
  readonly version: '1.0' | '1.1';
  /** @default 0, any free port */
  readonly port?: number;
  /** Does what `x-amz-target` names; throws {ServiceRefusal}. */
  readonly perform: (target: string, input: unknown) => object;
};

export type AwsEndpoint = { readonly url: string; close(): Promise<void> };

/** Starts an endpoint on this machine that speaks the AWS JSON protocol, as far as the SDK needs it. */
export async function startAwsEndpoint({ accessKeyId, version, port = 0, perform }: AwsEndpointOptions): Promise<AwsEndpoint> {
  const answer = async (request: IncomingMessage): Promise<object> => {
    if (!isSignedWith(accessKeyId, request.headers.authorization)) {
      throw new ServiceRefusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    const body = await readBody(request);
    return perform(String(request.headers['x-amz-target']), parseJson(body));
  };
  const server = createServer((request, response) => {
    const send = sender(response, version);
    answer(request).then(
      (body) => send(200, body),
      (error) => send(...refusalOf(error)),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads the access key off a SigV4 header (`Credential=<key>/<date>/…`); the signature itself is not checked. */
function isSignedWith(accessKeyId: string, authorization = ''): boolean {
  const presented = Buffer.from(/^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(authorization)?.[1] ?? '');
  const expected = Buffer.from(accessKeyId);
  return presented.length === expected.length && timingSafeEqual(presented, expected);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new ServiceRefusal('InvalidRequestException', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceRefusal('SerializationException', 'The request is not JSON.');
  }
}

function refusalOf(error: unknown): readonly [status: number, body: object] {
  if (error instanceof ServiceRefusal) return [400, { __type: error.code, Message: error.message }];
  return [500, { __type: 'InternalServiceError', Message: 'The local endpoint failed.' }];
}

const sender =
  (response: ServerResponse, version: string) =>
  (status: number, body: object): void => {
    response.writeHead(status, { 'Content-Type': `application/x-amz-json-${version}` }).end(JSON.stringify(body));
  };

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number => {
  if (address === null || typeof address === 'string') throw new TypeError('the endpoint listens on no port');
  return address.port;
};
