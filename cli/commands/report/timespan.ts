import type { Timespan } from '../../../src/audit/log-source.ts';
import { UsageError } from '../../command.ts';

/** What the options say of a timespan. */
export type Asked = { readonly since?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined };

const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 60 * 60_000],
  ['d', 24 * 60 * 60_000],
  ['w', 7 * 24 * 60 * 60_000],
]);

const STANDARD = '24h';

/**
 * Reads the timespan that is asked for; the last 24 hours where none is.
 *
 * @throws {UsageError} it cannot be understood, or ends before it begins
 */
export function parseTimespan({ since, from, to }: Asked, now: Date): Timespan {
  if (since !== undefined && (from !== undefined || to !== undefined))
    throw new UsageError('--since ends now: leave it out, or --from and --to.');
  const end = to === undefined ? now : parseInstant('--to', to);
  const begin = from === undefined ? new Date(end.getTime() - parseDuration(since ?? STANDARD)) : parseInstant('--from', from);
  if (begin >= end) throw new UsageError(`--from must be before ${to === undefined ? 'now' : '--to'}: that timespan holds nothing.`);
  return { from: begin, to: end };
}

function parseDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS_MS.get(unit) ?? 0);
  if (ms === 0) throw new UsageError('--since takes a number with m, h, d or w: 90m, 24h, 7d.');
  return ms;
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
