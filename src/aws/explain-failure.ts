import * as z from 'zod/mini';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** What an operator was about to do, for the words that depend on it. */
type Purpose = {
  /** What an operator has to be allowed. */
  readonly needed: string;
  /** What to do when that which was asked is gone. */
  readonly gone: string;
  /** How to find out what came of it when the answer was lost. */
  readonly unsure: string;
};

const ADMINISTER: Purpose = {
  needed: 'an operator needs cloudformation:DescribeStacks on the stack and lambda:InvokeFunction on its admin function.',
  gone: 'The admin function of the stack is gone: deploy the stack again.',
  unsure: 'Whether the act took effect is not known: look before you do it again.',
};

export const READ_LOGS: Purpose = {
  needed:
    'to read the logs, an operator needs cloudformation:ListStackResources on the stack, logs:StartQuery, logs:FilterLogEvents and logs:DescribeLogGroups on its log groups, and logs:GetQueryResults and logs:StopQuery.',
  gone: 'A log group of the stack is gone: deploy the stack again.',
  unsure: 'Nothing was changed.',
};

type Advice = string | ((words: string, purpose: Purpose) => string);
type Explanation = { readonly names: readonly string[]; readonly pattern?: RegExp; readonly advice: Advice };

/** What goes wrong between an operator's terminal and AWS, by the name or the words of the SDK's error. */
const EXPLANATIONS: readonly Explanation[] = [
  { names: ['CredentialsProviderError'], advice: 'There are no AWS credentials: sign in, or set AWS_PROFILE.' },
  {
    names: [],
    pattern: /^region (is missing|not accepted)/i,
    advice: 'There is no region, or none of this name: set AWS_REGION to where the stack is deployed.',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired'],
    advice: 'The AWS credentials have expired: sign in again.',
  },
  {
    names: ['UnrecognizedClientException', 'InvalidClientTokenId', 'SignatureDoesNotMatch', 'InvalidSignatureException'],
    advice: 'AWS does not know these credentials: look whether AWS_PROFILE is the one you mean.',
  },
  { names: ['AccessDenied', 'AccessDeniedException'], advice: explainDenial },
  { names: ['ResourceNotFoundException'], advice: (words, { gone }) => `${gone} (${words})` },
  {
    names: ['TooManyRequestsException', 'Throttling', 'ThrottlingException', 'RequestLimitExceeded'],
    advice: 'AWS is throttling: try again in a while.',
  },
  {
    names: ['InternalFailure', 'ServiceException', 'ServiceUnavailable', 'ServiceUnavailableException'],
    advice: (words, { unsure }) => `AWS had a failure of its own: try again in a while. ${unsure} (${words})`,
  },
  {
    names: ['TimeoutError'],
    pattern: /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|getaddrinfo/,
    advice: (words, { unsure }) =>
      `AWS could not be reached, or the answer was lost: look at the network and at AWS_REGION. ${unsure} (${words})`,
  },
];

const text = z.catch(z.string(), '');
const errorSchema = z.catch(z.object({ name: text, message: text, code: text }), { name: '', message: '', code: '' });

/** Turns an error an operator can do something about into words that say what; anything else is returned as it is. */
export function explainFailure(error: unknown, purpose: Partial<Purpose> = {}): unknown {
  if (error instanceof AdminRefusal) return error;
  const { name, message, code } = errorSchema.parse(error);
  // What every address of a host refused is one AggregateError, which has a code and no words.
  const words = message === '' ? code : message;
  const found = EXPLANATIONS.find(({ names, pattern }) => names.includes(name) || pattern?.test(words));
  if (!found) return error;
  const explained = typeof found.advice === 'string' ? `${found.advice} (${words})` : found.advice(words, { ...ADMINISTER, ...purpose });
  return new AdminRefusal(explained, { cause: error });
}

/** AWS says who may not do what on what, if not in words that are for people. */
function explainDenial(words: string, { needed }: Purpose): string {
  const [, who, act, what] = /User: (\S+) is not authorized to perform: ([\w:]+)(?: on resource: (\S+))?/.exec(words) ?? [];
  if (act === undefined) return `These AWS credentials may not do that; ${needed} (${words})`;
  const on = what === undefined ? '' : ` on ${what}`;
  return /explicit deny/.test(words)
    ? `A policy forbids ${who} ${act}${on}: whoever keeps the policies of the account has to lift that. (${words})`
    : `${who} lacks the permission ${act}${on}; ${needed}`;
}
