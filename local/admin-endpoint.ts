import { createHash, timingSafeEqual } from 'node:crypto';
import { type Answer, refusal } from './gateway/answer.ts';
import type { SentRequest } from './gateway/event.ts';

/** Begins with a dot, which no stage name can. */
export const ADMIN_PATH = '/.admin';

export type AdminEndpoint = (request: SentRequest) => Promise<Answer>;

/**
 * Stands in for `lambda:InvokeFunction` on the `admin` function: the body goes to it, what it returns comes back.
 *
 * Whoever can read the key file in the data folder may call. A web page cannot: it knows no key, and one that has made
 * its own name point to this machine (DNS rebinding) is told apart by the Host header.
 */
export function adminEndpoint(key: string, invoke: (request: unknown) => Promise<unknown>): AdminEndpoint {
  return async (request) => {
    if (!isLocal(header(request, 'host')) || !presents(key, header(request, 'authorization')))
      return refusal(401, 'Send the key of admin.json.');
    if (request.method !== 'POST') return refusal(405, 'Administration takes POST.', { Allow: 'POST' });
    const body = parseJson(request.body.toString('utf8'));
    if (body === undefined) return refusal(400, 'The body is not JSON.');
    return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(JSON.stringify(await invoke(body))) };
  };
}

const header = (request: SentRequest, wanted: string): string => request.headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';

const isLocal = (host: string): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

/** Compares digests, so that neither the length nor the first difference shows in the time taken. */
function presents(key: string, authorization: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(`Bearer ${key}`), digest(authorization));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
