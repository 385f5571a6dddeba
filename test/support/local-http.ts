import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';

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

/** Sends one request with exactly these headers and this path; `fetch` would add some and tidy up the other. */
export async function sendHttp({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf('/', 'http://'.length));
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const request = httpRequest({ method, hostname, port, path, headers: { ...headers, ...length }, agent: false });
  const answered: Promise<readonly IncomingMessage[]> = once(request, 'response');
  request.end(body);
  const [response] = await answered;
  if (response === undefined) throw new TypeError('no response came with the event');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') };
}
