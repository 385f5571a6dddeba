import { ScimError } from '../../scim/errors.ts';

/** Where to begin. */
export type FeedStart =
  /** With what there is: a snapshot of the directory, and what happens to it from then on. */
  | { readonly kind: 'snapshot' }
  /** With what happens from now on. */
  | { readonly kind: 'now' }
  | { readonly kind: 'since'; readonly time: Date }
  | { readonly kind: 'cursor'; readonly cursor: string };

export type FeedQuery = { readonly start: FeedStart; readonly count: number; readonly waitSeconds: number };

const DEFAULT_COUNT = 100;
const MAX_COUNT = 1_000;
const MAX_WAIT_SECONDS = 20;

/** RFC 3339, as this service writes times. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads what is asked for; other parameters are passed over, as everywhere.
 *
 * @throws {ScimError} badRequest, invalidCount
 */
export function parseFeedQuery(parameters: ReadonlyMap<string, string>, now: Date): FeedQuery {
  return { start: startIn(parameters, now), count: countIn(parameters), waitSeconds: waitIn(parameters) };
}

function startIn(parameters: ReadonlyMap<string, string>, now: Date): FeedStart {
  const { cursor, from, since } = Object.fromEntries(parameters);
  const isGiven = (value: string | undefined): value is string => value !== undefined && value !== '';
  if ([cursor, from, since].filter(isGiven).length > 1)
    throw new ScimError('badRequest', 'cursor, from, since: each says where to begin; send one of them, or none for a snapshot.');
  if (isGiven(cursor)) return { kind: 'cursor', cursor };
  if (isGiven(since)) return { kind: 'since', time: timeIn(since, now) };
  if (!isGiven(from)) return { kind: 'snapshot' };
  if (from !== 'now')
    throw new ScimError('badRequest', 'from: not "now", which is all it can be; leave it out for a snapshot, or send "since" with a time.');
  return { kind: 'now' };
}

function timeIn(since: string, now: Date): Date {
  const time = new Date(INSTANT.test(since) ? since : Number.NaN);
  if (Number.isNaN(time.getTime()))
    throw new ScimError('badRequest', 'since: no date and time of RFC 3339; send one such as 2030-01-31T08:00:00Z.');
  if (time > now) throw new ScimError('badRequest', 'since: lies in the future; send a time that has come, or "from=now".');
  return time;
}

function countIn(parameters: ReadonlyMap<string, string>): number {
  const count = wholeNumber(parameters.get('count') ?? String(DEFAULT_COUNT));
  if (count === undefined || count < 1 || count > MAX_COUNT)
    throw new ScimError('invalidCount', `count: not a whole number from 1 to ${MAX_COUNT}; send one, or none for ${DEFAULT_COUNT}.`);
  return count;
}

function waitIn(parameters: ReadonlyMap<string, string>): number {
  const seconds = wholeNumber(parameters.get('wait') ?? '0');
  if (seconds === undefined || seconds > MAX_WAIT_SECONDS)
    throw new ScimError(
      'badRequest',
      `wait: not a whole number of seconds from 0 to ${MAX_WAIT_SECONDS}; send one, or none for an answer at once.`,
    );
  return seconds;
}

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
