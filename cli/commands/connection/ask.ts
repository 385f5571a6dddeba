import type { IncomingMessage } from 'node:http';
import * as z from 'zod/mini';

/** What came of a request. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'silent'; readonly reason: string };

/** A cold start, and then some. */
const PATIENCE_MS = 30_000;

type Sent = { readonly headers: Readonly<Record<string, string>>; readonly form?: URLSearchParams };

/** Sends as little as Entra ID does: no `User-Agent` either, which some firewalls take amiss. Redirects are not followed. */
export async function ask(url: URL, { headers, form }: Sent): Promise<Answer> {
  const [{ request }, { text }] = await Promise.all([
    url.protocol === 'https:' ? import('node:https') : import('node:http'),
    import('node:stream/consumers'),
  ]);
  const options = { method: form === undefined ? 'GET' : 'POST', headers, signal: AbortSignal.timeout(PATIENCE_MS) };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, options, resolve).on('error', reject).end(form?.toString());
    });
    const { statusCode = 0, headers: received } = response;
    return { kind: 'answered', status: statusCode, mediaType: received['content-type'] ?? '', text: await text(response) };
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error) };
  }
}

/** By its code: a name that is not known, a connection that was refused, a certificate that is not trusted. */
function reasonOf(error: unknown): string {
  const code = failureSchema.safeParse(error).data?.code ?? 'unknown';
  return code === 'ABORT_ERR' ? 'TIMEOUT' : code;
}

const failureSchema = z.object({ code: z.string() });
