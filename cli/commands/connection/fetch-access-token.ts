import * as z from 'zod/mini';
import { type Finding, good, note, wrong } from '../doctor/finding.ts';
import { type Answer, ask } from './ask.ts';
import { parseJson } from './parse-json.ts';
import { todoOfSilence, todoOfStatus } from './remedies.ts';

/** What Entra ID is shown of a client. */
export type Client = { readonly endpoint: URL; readonly clientId: string; readonly secret: string };

type Exchanged = { readonly finding: Finding; readonly accessToken?: string };

const CHECK = 'access token';
/** Microsoft asks for access tokens that live so long. */
const FEWEST_MINUTES = 60;
const MOST_MINUTES = 360;

const grantSchema = z.object({ access_token: z.string().check(z.minLength(1)), expires_in: z._default(z.number(), 3_600) });
const refusalSchema = z.object({ error: z.string(), error_description: z._default(z.string(), 'no reason was given') });

/** Exchanges the secret for an access token as Entra ID does: id and secret in the form, no scope (RFC 6749 §4.4.2). */
export async function fetchAccessToken({ endpoint, clientId, secret }: Client): Promise<Exchanged> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const answer = await ask(endpoint, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, form });
  if (answer.kind === 'silent')
    return { finding: wrong(CHECK, `no answer came from ${endpoint} (${answer.reason})`, todoOfSilence(answer.reason)) };
  const grant = answer.status === 200 ? grantSchema.safeParse(parseJson(answer.text)).data : undefined;
  if (grant === undefined) return { finding: judgeRefusal(answer) };
  return { finding: judgeLifetime(Math.floor(grant.expires_in / 60)), accessToken: grant.access_token };
}

const judgeLifetime = (minutes: number): Finding =>
  minutes < FEWEST_MINUTES || minutes > MOST_MINUTES
    ? note(CHECK, `good for ${minutes} minutes, where Entra ID wants ${FEWEST_MINUTES} to ${MOST_MINUTES}`)
    : good(CHECK, `good for ${minutes} minutes`);

function judgeRefusal({ status, text }: Extract<Answer, { kind: 'answered' }>): Finding {
  const refusal = refusalSchema.safeParse(parseJson(text)).data;
  if (refusal === undefined) return wrong(CHECK, `${status}, and no answer of a token endpoint`, todoOfStatus(status, false));
  return wrong(CHECK, `${status} ${refusal.error}: ${refusal.error_description}`, BY_ERROR[refusal.error] ?? todoOfStatus(status, true));
}

const BY_ERROR: Readonly<Record<string, string>> = {
  invalid_client: 'Compare the Client Identifier with "scim client list". If it is right, make another secret with "scim client rotate".',
  unauthorized_client: 'The application is switched off or limited: "scim app show" has its settings, "scim app ip list" its addresses.',
};
