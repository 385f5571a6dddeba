import * as z from 'zod/mini';
import { type Finding, good, wrong } from '../doctor/finding.ts';
import type { Answer } from './ask.ts';
import { parseJson } from './parse-json.ts';
import type { Question } from './questions.ts';
import { todoOfSilence, todoOfStatus } from './remedies.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const SCIM = /^application\/scim\+json\b/i;

const listSchema = z.object({
  schemas: z.array(z.string()).check(z.refine((schemas) => schemas.includes(LIST))),
  totalResults: z.number(),
});
const errorSchema = z.object({ schemas: z.array(z.string()).check(z.refine((schemas) => schemas.includes(ERROR))), detail: z.string() });

/** Judges the answer as the button does: 200 with an empty list, and nothing else, is green. */
export function judgeAnswer(check: Question['check'], answer: Answer): Finding {
  if (answer.kind === 'silent') return wrong(check, `no answer came (${answer.reason})`, todoOfSilence(answer.reason));
  return answer.status === 200 ? judgeList(check, answer) : judgeRefusal(check, answer);
}

type Answered = Extract<Answer, { kind: 'answered' }>;

function judgeList(check: Question['check'], { mediaType, text }: Answered): Finding {
  const list = listSchema.safeParse(parseJson(text)).data;
  if (list === undefined)
    return wrong(
      check,
      `200, and no list of SCIM (${mediaType || 'without a media type'})`,
      'Something else answers there: compare the URL.',
    );
  if (!SCIM.test(mediaType)) return wrong(check, `200, as ${mediaType || 'nothing'} in place of application/scim+json`, PROXY);
  return list.totalResults === 0
    ? good(check, '200, an empty list')
    : wrong(check, `200, and ${list.totalResults} were found by a random name`, PROXY);
}

const PROXY = 'Something on the way changes requests or answers: ask without it.';

function judgeRefusal(check: Question['check'], { status, text }: Answered): Finding {
  const error = errorSchema.safeParse(parseJson(text)).data;
  const says = error === undefined ? `${status}, and no error of SCIM` : `${status}: ${error.detail}`;
  return wrong(check, says, todoOfStatus(status, error !== undefined));
}
