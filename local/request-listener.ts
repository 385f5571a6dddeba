import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ADMIN_PATH, type AdminEndpoint } from './admin-endpoint.ts';
import { type Answer, refusal } from './gateway/answer.ts';
import type { SentRequest } from './gateway/event.ts';
import type { Gateway, Served } from './gateway/gateway.ts';
import { readBody } from './gateway/read-body.ts';
import { send } from './gateway/send.ts';

/** What may be said of a request where anyone looks on: nothing the client wrote, so the resource in place of the path. */
export type RequestLine = { readonly method: string; readonly resource: string; readonly status: number; readonly ms: number };

export type ListenerOptions = {
  readonly gateway: Gateway;
  readonly admin: AdminEndpoint;
  readonly say: (line: RequestLine) => void;
};

/** Joins Node's HTTP server to the gateway, and to the one endpoint that is not part of it. */
export function requestListener({ gateway, admin, say }: ListenerOptions): RequestListener {
  const serve = async (request: IncomingMessage): Promise<Served> => {
    const body = await readBody(request);
    if (body === undefined) return { answer: TOO_LARGE };
    const sent = sentRequest(request, body);
    return sent.path === ADMIN_PATH ? { answer: await admin(sent), resource: ADMIN_PATH } : gateway(sent);
  };
  return (request, response) => {
    const startedAt = performance.now();
    serve(request).then(
      ({ answer, resource = '(none)' }) => {
        send(response, answer);
        say({ method: request.method ?? '', resource, status: answer.status, ms: Math.round(performance.now() - startedAt) });
      },
      (error: unknown) => giveUp(request, response, error),
    );
  };
}

const TOO_LARGE: Answer = refusal(413, 'The body is larger than the 10 MB a request may have.');

function sentRequest(request: IncomingMessage, body: Buffer): SentRequest {
  const [path = '', ...query] = (request.url ?? '').split('?');
  const { rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
  return {
    method: request.method ?? '',
    path,
    query: query.join('?'),
    headers,
    body,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** A client that went away needs no answer; anything else here is a bug of the local server. */
function giveUp(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.errored !== null || response.headersSent) return void response.destroy();
  process.stderr.write(`The local server failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  send(response, refusal(500, 'The local server failed; its terminal says why.'));
}
