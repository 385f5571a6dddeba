import type { IncomingMessage } from 'node:http';

/** A REST API takes no larger body. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Reads the body, or undefined when it is over the limit.
 *
 * What is too large is read to its end as well, and dropped: a client still sending when we answer would see
 * a broken connection in place of the answer.
 */
export async function readBody(request: IncomingMessage, limitBytes = BODY_LIMIT_BYTES): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limitBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > limitBytes ? undefined : Buffer.concat(chunks);
}
