import type { Timespan } from '../../../src/audit/log-source.ts';
import { UsageError } from '../../command.ts';
import { LONGEST_MS } from '../../since.ts';

/** What the options say of a timespan. */
export type Asked = { readonly sinceMs?: number | undefined; readonly from?: string | undefined; readonly to?: string | undefined };

const STANDARD_MS = 24 * 60 * 60_000;

/**
 * Reads the timespan that is asked for; the last 24 hours where none is.
 *
 * @throws {UsageError} it cannot be understood, ends before it begins, or is longer than anything is kept
 */
export function parseTimespan({ sinceMs, from, to }: Asked, now: Date): Timespan {
  if (sinceMs !== undefined && (from !== undefined || to !== undefined))
    throw new UsageError('--since ends now: leave it out, or --from and --to.');
  const end = to === undefined ? now : parseInstant('--to', to);
  const begin = from === undefined ? new Date(end.getTime() - (sinceMs ?? STANDARD_MS)) : parseInstant('--from', from);
  if (begin >= end) throw new UsageError(`--from must be before ${to === undefined ? 'now' : '--to'}: that timespan holds nothing.`);
  if (begin.getTime() < 0 || end.getTime() - begin.getTime() > LONGEST_MS)
    throw new UsageError('A timespan is ten years long at most, for no line is kept for longer, and does not begin before 1970.');
  return { from: begin, to: end };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Without a zone it is UTC, whatever this machine's zone is: the log is in UTC. */
function parseInstant(flag: string, text: string): Date {
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/.test(text) && text.includes('T');
  const midnight = text.includes('T') ? text : `${text}T00:00`;
  const instant = new Date(hasZone ? text : `${midnight}Z`);
  const day = text.slice(0, 10);
  const isReal = INSTANT.test(text) && !Number.isNaN(instant.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  if (!isReal) throw new UsageError(`${flag} takes a date, or a date and time: 2026-11-21, 2026-11-21T08:00, 2026-11-21T08:00+01:00.`);
  return instant;
}
