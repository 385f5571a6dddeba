import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { wayTo } from './emulated-gateway.ts';

export type HttpRequest = {
  readonly method: string;
  /** Sent exactly as it stands: nothing is normalised or encoded. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
};

/** API Gateway gives up after half of that. */
const ANSWERS_WITHIN_MS = 60_000;

/** Sends one request with exactly these headers and this path; `fetch` would add some and tidy up the other. */
export async function sendHttp({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
  const way = wayTo(url);
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const request = open(way.url, { method, path: pathOf(way.url), headers: { ...headers, ...way.headers, ...length }, agent: false });
  const answered: Promise<readonly IncomingMessage[]> = once(request, 'response');
  request.setTimeout(ANSWERS_WITHIN_MS, () => request.destroy(new TypeError(`no answer within ${ANSWERS_WITHIN_MS / 1_000} s`)));
  request.end(body);
  const [response] = await answered;
  if (response === undefined) throw new TypeError('no response came with the event');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
}

function open(url: string, options: RequestOptions): ClientRequest {
  const { protocol, hostname, port } = new URL(url);
  return (protocol === 'https:' ? httpsRequest : httpRequest)({ ...options, hostname, port });
}

const pathOf = (url: string): string => url.slice(url.indexOf('/', url.indexOf('://') + '://'.length));
