import * as z from 'zod/mini';
import type { LogSource } from '../../../src/audit/log-source.ts';
import { type Finding, good, note } from './finding.ts';

const DAY_MS = 24 * 60 * 60_000;
/** So many are named. */
const NAMED = 10;

const lineSchema = z.object({
  operation: z.enum(['create', 'update', 'remove']),
  status: z.number(),
  subject: z.optional(z.string()),
  resourceId: z.optional(z.string()),
  refusal: z.optional(z.string()),
});

const CHECK = 'failing';
const HOW = 'What was asked and answered: scim logs --errors --since 24h; why, and what to do: scim explain.';

/** Looks in the log for whom the latest write within a day was refused or failed. */
export async function judgeLog(openLog: () => Promise<LogSource>, now: Date): Promise<Finding> {
  const failing = new Map<string, string>();
  try {
    const log = await openLog();
    for await (const record of log.read({ from: new Date(now.getTime() - DAY_MS), to: now, events: ['request'] })) {
      const line = lineSchema.safeParse(record).data;
      const who = line?.subject ?? line?.resourceId;
      if (line === undefined || who === undefined) continue;
      failing.delete(who);
      if (line.status >= 400) failing.set(who, `${line.status} ${line.refusal ?? ''}`.trim());
    }
  } catch (error) {
    return note(CHECK, 'the log that would tell whom writes fail for cannot be read', error instanceof Error ? error.message : undefined);
  }
  if (failing.size === 0) return good(CHECK, 'nobody whose latest write within a day was refused');
  const named = [...failing].slice(0, NAMED).map(([who, why]) => `${who} (${why})`);
  const others = failing.size > NAMED ? ` and ${failing.size - NAMED} more` : '';
  return note(CHECK, `the latest write was refused for ${named.join(', ')}${others}`, HOW);
}
