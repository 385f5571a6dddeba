import * as z from 'zod/mini';
import { splitLines } from '../transfer/split-lines.ts';
import { type Finding, good, note } from './finding.ts';

const DAY_MS = 24 * 60 * 60_000;
/** So many are named. */
const NAMED = 10;

const lineSchema = z.object({
  time: z.string(),
  event: z.literal('request'),
  operation: z.enum(['create', 'update', 'remove']),
  status: z.number(),
  subject: z.optional(z.string()),
  resourceId: z.optional(z.string()),
  refusal: z.optional(z.string()),
});

const CHECK = 'failing';
const HOW = 'What was asked and answered: docs/how-to/what-happened-to-a-user.md.';

/** Looks in the log of the local server for whom the latest write within a day was refused or failed. */
export async function judgeLog(pieces: AsyncIterable<Uint8Array>, now: Date): Promise<Finding> {
  const failing = new Map<string, string>();
  try {
    for await (const { text } of splitLines(pieces)) {
      const line = lineSchema.safeParse(parseJson(text)).data;
      const who = line?.subject ?? line?.resourceId;
      if (line === undefined || who === undefined || Date.parse(line.time) < now.getTime() - DAY_MS) continue;
      failing.delete(who);
      if (line.status >= 400) failing.set(who, `${line.status} ${line.refusal ?? ''}`.trim());
    }
  } catch {
    return note(CHECK, 'there is no log here that would tell whom writes fail for');
  }
  if (failing.size === 0) return good(CHECK, 'nobody whose latest write within a day was refused');
  const named = [...failing].slice(0, NAMED).map(([who, why]) => `${who} (${why})`);
  const others = failing.size > NAMED ? ` and ${failing.size - NAMED} more` : '';
  return note(CHECK, `the latest write was refused for ${named.join(', ')}${others}`, HOW);
}

export const unknownFailures: Finding = note(CHECK, 'whom writes fail for only the log tells', HOW);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
