import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { parseLine } from '../../../src/audit/parse-line.ts';
import type { RawLine } from '../../../src/audit/tenant-log.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { describeLine } from './describe-line.ts';
import { type Explanation, explain as explanationOf } from './explanation.ts';
import { type Found, findRequest } from './find-request.ts';
import { parseRequestId } from './request-id.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Say what became of a request, why, and what to do about it, by the id at the end of its error text.',
  argument: { name: 'request', summary: 'the id, or the whole error text in quotation marks' },
  flags: [...ADMIN_FLAGS, { flags: '--since <duration>', summary: 'how far back to look: 90m, 24h, 7d (default: as far as it takes)' }],
  examples: [
    'scim explain 7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae --tenant example',
    'scim explain "… (request 7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae)" --local',
  ],
  options: z.strictObject({ ...adminOptions, since: sinceOption, request: z.string() }),
  run: async ({ json, by: _, since, request, ...options }, terminal) => {
    const requestId = parseRequestId(request);
    const target = targetOf(options, terminal);
    const found = await cancellable(terminal.onInterrupt, async (signal) =>
      findRequest(await terminal.openLog(target, signal), requestId, terminal.now(), since),
    );
    const explanation = explanationOf(found.lines);
    if (explanation === undefined) throw new AdminRefusal(unknown(requestId, found, target.kind));
    const printed = json ? [JSON.stringify(asJson(requestId, explanation, found))] : inWords(requestId, explanation, found);
    printed.forEach(terminal.print);
  },
});

function inWords(requestId: string, { asked, by, outcome, causes }: Explanation, { lines, work }: Found): readonly string[] {
  const causesInWords = causes.flatMap(({ cause, remedy }) => [`Cause    ${cause}`, `Remedy   ${remedy}`]);
  return [
    `Request  ${requestId}`,
    `Asked    ${asked}`,
    `By       ${by}`,
    `Outcome  ${outcome}`,
    ...(causesInWords.length > 0 ? causesInWords : ['Cause    It went as it was asked for; there is nothing to do.']),
    '',
    ...[...lines, ...work].map((line) => describeLine(line).text),
  ];
}

const asJson = (requestId: string, explanation: Explanation, { lines, work, looked }: Found) => ({
  requestId,
  ...explanation,
  lines: lines.map(parsed),
  work: work.map(parsed),
  from: looked.from.toISOString(),
  to: looked.to.toISOString(),
});

const parsed = ({ text }: RawLine) => parseLine(text) ?? { event: 'platform', text };

const ELSEWHERE = {
  local:
    'Requests that the local server refused by itself leave no line: a path outside the stage, a body over 10 MB. Is it the id of a deployed tenant? Then --tenant NAME.',
  deployed:
    'Lines show up some seconds after they were written: try again in a minute. Is it another tenant, account or region? "scim tenant list" and AWS_REGION; or older than the log goes back (logRetentionDays in the tenant file)?',
} as const;

const unknown = (requestId: string, { looked, isAnothers }: Found, kind: 'local' | 'deployed'): string =>
  isAnothers
    ? `${requestId} is the id of something else than a request. What happened to a user or group of this id: scim report --user ${requestId}.`
    : `No line names the request ${requestId} between ${looked.from.toISOString()} and ${looked.to.toISOString()}. ${ELSEWHERE[kind]}`;
