import * as z from 'zod/mini';
import { type Finding, good, note, wrong } from './finding.ts';

/** What a request without a token was answered, or why it was not. */
export type Probe =
  | { readonly kind: 'answered'; readonly status: number; readonly isScim: boolean }
  | { readonly kind: 'silent'; readonly reason: string };

const PROBE_MS = 10_000;
const SCIM_ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Asks for what every endpoint has, without a token. */
export async function probe(url: string): Promise<Probe> {
  try {
    const response = await fetch(`${url}/ServiceProviderConfig`, { redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return { kind: 'answered', status: response.status, isScim: (await response.text()).includes(SCIM_ERROR) };
  } catch (error) {
    return { kind: 'silent', reason: reasonOf(error) };
  }
}

/** By its shape: the code of a connection that was refused stands in the cause. */
function reasonOf(error: unknown): string {
  const parsed = failureSchema.safeParse(error).data;
  return parsed?.cause?.code ?? parsed?.name ?? 'unknown';
}

const failureSchema = z.object({ name: z.optional(z.string()), cause: z.optional(z.object({ code: z.optional(z.string()) })) });

const CHECK = 'endpoint';

export function judgeEndpoint(url: string | undefined, probed: Probe | undefined): Finding {
  if (url === undefined || probed === undefined)
    return note(CHECK, 'its URL is not known here', 'Deploy the stack again: its output TenantUrl tells it.');
  if (probed.kind === 'silent')
    return wrong(
      CHECK,
      `${url} does not answer (${probed.reason})`,
      'See that the stack is deployed, and that nothing on the way from here holds the request back.',
    );
  if (probed.status === 401 && probed.isScim) return good(CHECK, `${url} answers, and asks for a token`);
  return wrong(
    CHECK,
    `${url} answers ${probed.status} to a request without a token, where a SCIM error with 401 is right`,
    'Something else answers there, or in front of it: compare the URL with what "scim app show" shows.',
  );
}
