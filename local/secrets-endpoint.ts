import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readSecrets, writeSecrets } from './secrets-file.ts';
import { isOperation, OPERATIONS, SecretsRefusal } from './secrets-operations.ts';
import type { Secrets } from './secrets-versions.ts';

const MAX_BODY_BYTES = 256 * 1024;

export type SecretsEndpointOptions = {
  /** Where the secrets are kept; only its owner can read it. */
  readonly file: string;
  /** Secrets that are there from the start, as a stack makes them: without a value. */
  readonly secretNames: readonly string[];
  /** @default 0, any free port */
  readonly port?: number;
  /** Whoever signs with another access key is refused, so that no other user and no web page is served. */
  readonly accessKeyId: string;
};

export type SecretsEndpoint = { readonly url: string; close(): Promise<void> };

/**
 * Starts a Secrets Manager on this machine: the operations this system uses, over the AWS JSON 1.1 protocol, with
 * staging labels and Secrets Manager's own errors. Point `AWS_ENDPOINT_URL_SECRETS_MANAGER` at its URL.
 */
export async function startSecretsEndpoint({ file, secretNames, port = 0, accessKeyId }: SecretsEndpointOptions): Promise<SecretsEndpoint> {
  let secrets = withSecrets(readSecrets(file), secretNames);

  const perform = (target: string, input: unknown): object => {
    const name = target.replace(/^secretsmanager\./, '');
    if (!isOperation(name)) throw new SecretsRefusal('UnknownOperationException', `This local endpoint does not offer "${target}".`);
    const performed = OPERATIONS[name](secrets, input, Date.now());
    if (performed.secrets !== secrets) writeSecrets(file, performed.secrets);
    secrets = performed.secrets;
    return performed.answer;
  };

  const answer = async (request: IncomingMessage): Promise<object> => {
    if (!isSignedWith(accessKeyId, request.headers.authorization)) {
      throw new SecretsRefusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    const body = await readBody(request);
    return perform(String(request.headers['x-amz-target']), parseJson(body));
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (body) => send(response, 200, body),
      (error) => send(response, ...refusalOf(error)),
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

const withSecrets = (secrets: Secrets, names: readonly string[]): Secrets =>
  names
    .filter((name) => !Object.hasOwn(secrets, name))
    .reduce((made, Name) => OPERATIONS.CreateSecret(made, { Name }, Date.now()).secrets, secrets);

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
    if (bytes > MAX_BODY_BYTES) throw new SecretsRefusal('InvalidRequestException', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SecretsRefusal('SerializationException', 'The request is not JSON.');
  }
}

function refusalOf(error: unknown): readonly [status: number, body: object] {
  if (error instanceof SecretsRefusal) return [400, { __type: error.code, Message: error.message }];
  return [500, { __type: 'InternalServiceError', Message: 'The local secrets endpoint failed.' }];
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number => {
  if (address === null || typeof address === 'string') throw new TypeError('the endpoint listens on no port');
  return address.port;
};
