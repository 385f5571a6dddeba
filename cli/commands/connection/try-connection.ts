import { randomUUID } from 'node:crypto';
import type { Finding } from '../doctor/finding.ts';
import { ask } from './ask.ts';
import { fetchAccessToken } from './fetch-access-token.ts';
import { judgeAnswer } from './judge-answer.ts';
import { judgeSecret, judgeUrl } from './judge-pasted.ts';
import { type Question, questionsOf, tokenEndpointBelow } from './questions.ts';

/** What stands in the form of the client. */
type Pasted = {
  readonly tenantUrl: string;
  /** The token, or the secret of the client that is named. */
  readonly secret: string;
  readonly matching: string;
  readonly clientId: string | undefined;
  readonly tokenEndpoint: string | undefined;
};

/** Nothing is sent where what was pasted is wrong already: a secret must not go where it does not belong. */
export async function tryConnection({ tenantUrl, secret, matching, clientId, tokenEndpoint }: Pasted): Promise<readonly Finding[]> {
  const pasted = [
    judgeUrl(tenantUrl),
    ...(tokenEndpoint === undefined ? [] : [judgeUrl(tokenEndpoint, 'token endpoint')]),
    judgeSecret(secret, clientId === undefined ? 'token' : 'secret'),
  ];
  if (pasted.some(({ verdict }) => verdict === 'wrong')) return pasted;
  const url = new URL(tenantUrl);
  const endpoint = tokenEndpoint === undefined ? tokenEndpointBelow(url) : new URL(tokenEndpoint);
  const exchanged = clientId === undefined ? undefined : await fetchAccessToken({ endpoint, clientId, secret });
  const token = exchanged === undefined ? secret : exchanged.accessToken;
  const answered = token === undefined ? [] : await Promise.all(questionsOf(url, matching, randomUUID).map((one) => answerTo(one, token)));
  return [...pasted, ...(exchanged === undefined ? [] : [exchanged.finding]), ...answered];
}

const answerTo = async ({ check, url }: Question, token: string): Promise<Finding> =>
  judgeAnswer(check, await ask(url, { headers: { authorization: `Bearer ${token}` } }));
