import { isTrustworthy } from '../access/oauth/trustworthy-url.ts';

const TIMEOUT_MS = 3_000;
const MAX_BYTES = 256 * 1_024;

/** What was fetched is not what it has to be; never quotes it. */
class UnusableDocument extends Error {
  override readonly name = 'UnusableDocument';
}

/** Fetches a JSON document of bounded size in bounded time, over TLS unless it is on this machine; follows no redirection. */
export async function fetchJson(url: string): Promise<unknown> {
  if (!isTrustworthy(url)) throw new UnusableDocument('Keys are fetched by https only.');
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new UnusableDocument(`The document was answered with status ${response.status}.`);
  return JSON.parse(await boundedText(response));
}

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new UnusableDocument(`The document is larger than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
