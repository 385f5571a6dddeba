import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

/** Writes the answer; a status that has no body (RFC 9110 §15.3.5, §15.4.5) gets none. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of headers) response.appendHeader(name, value);
  if (status === 204 || status === 304) {
    response.end();
    return;
  }
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
