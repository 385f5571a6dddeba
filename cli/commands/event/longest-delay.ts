import * as z from 'zod/mini';
import type { LogSource } from '../../../src/audit/log-source.ts';

const HOUR_MS = 60 * 60_000;
const lineSchema = z.object({ lagMs: z.number() });

/** How long after its commit a change was told at most, of those of the last hour; `ms` is absent where there was none. */
export type LongestDelay = { readonly isKnown: boolean; readonly ms?: number };

/** Looks into the log: whoever may not read it sees the rest all the same. */
export async function readLongestDelay(openLog: () => Promise<LogSource>, now: Date): Promise<LongestDelay> {
  let ms: number | undefined;
  try {
    const log = await openLog();
    for await (const record of log.read({ from: new Date(now.getTime() - HOUR_MS), to: now, events: ['feed'] })) {
      const line = lineSchema.safeParse(record);
      if (line.success) ms = Math.max(ms ?? 0, line.data.lagMs);
    }
  } catch {
    return { isKnown: false };
  }
  return { isKnown: true, ...(ms !== undefined && { ms }) };
}
