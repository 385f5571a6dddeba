import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { type Answer, answerOf } from './answer.ts';

/** No whole answer came: what became of the request is open. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Sends one request below the Tenant URL.
 *
 * @throws {NoAnswer} as `unlessUnanswered` takes it
 */
export type Send = (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

export type Client = { readonly send: Send; readonly close: () => void };

const LONGEST_MS = 40_000;
/** The server closes a connection that was idle for 5 s; a request sent at that moment would be lost. */
const IDLE_MS = 1_000;

/** Speaks SCIM over connections that are used again, as provisioning clients do. */
export function openClient(tenantUrl: string, token: string, connections = 64): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: IDLE_MS });
  const { hostname, port, pathname } = new URL(tenantUrl);
  const common = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const send: Send = async (method, path, body, more = {}) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { ...common, ...more, 'Content-Length': String(Buffer.byteLength(text)) };
    return exchange({ method, hostname, port, agent, path: pathname + path, headers }, text);
  };
  return { send, close: () => agent.destroy() };
}

async function exchange(options: RequestOptions, body: string): Promise<Answer> {
  const request = httpRequest({ ...options, signal: AbortSignal.timeout(LONGEST_MS) });
  // A connection that breaks later is told by the response that breaks off.
  request.on('error', () => {});
  const { response, text } = await answerTo(request.end(body)).catch((cause: unknown) => {
    throw new NoAnswer(`${options.method} was not answered`, { cause });
  });
  return answerOf(response.statusCode ?? 0, response.headers, text);
}

async function answerTo(request: NodeJS.EventEmitter): Promise<{ readonly response: IncomingMessage; readonly text: string }> {
  const answered: readonly IncomingMessage[] = await once(request, 'response');
  const [response] = answered;
  if (response === undefined) throw new TypeError('no response came with the event');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { response, text: Buffer.concat(chunks).toString('utf8') };
}

/** What `work` comes to, or undefined when an answer stayed away. */
export async function unlessUnanswered<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}
