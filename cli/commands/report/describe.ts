import { grouped } from '../transfer/rate.ts';
import type { End, Head } from './writer.ts';

/** The timespan as people read it. */
export const instant = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

/** What a report is of, in sentences. */
export function describeHead({ title, timespan, retentionDays, filters, isFresh }: Head): readonly string[] {
  const kept =
    retentionDays === null
      ? 'Lines are kept as long as the files scim.log and scim.log.1 are.'
      : `Lines are kept for ${retentionDays} days (logRetentionDays of the tenant file).`;
  const isCut = retentionDays !== null && Date.parse(timespan.from) < Date.parse(timespan.to) - retentionDays * DAY_MS;
  return [
    `Provisioning report of ${title}, from ${instant(timespan.from)} to ${instant(timespan.to)} (UTC)${filtersOf(filters)}.`,
    isCut ? `${kept} The timespan begins before that: what is older is missing.` : kept,
    ...(isFresh ? ['Lines of the last minute may still be on their way to the log: make the report again for those.'] : []),
  ];
}

const DAY_MS = 24 * 60 * 60_000;

const filtersOf = ({ user, application }: Head['filters']): string =>
  [user === null ? '' : `, about ${user}`, application === null ? '' : `, by the application ${application}`].join('');

/** What it comes to, in sentences. */
export function describeEnd({ identifiers, summary }: End): readonly string[] {
  const { rows, changes, failures, ignored, people, reads, unchanged, tokens, unreadable } = summary;
  return [
    `${number(rows, 'row')}: ${number(changes, 'change')}, ${number(failures, 'failure')}, ${grouped(ignored)} ignored by policy; ${number(people, 'user')} changed.`,
    `Counted only: ${number(reads, 'read')}, ${number(unchanged, 'write')} that changed nothing, ${number(tokens, 'access token')}.`,
    ...(unreadable === 0 ? [] : [`${number(unreadable, 'line')} of the log have a form that this version does not know.`]),
    ...(identifiers === 'plain' ? [] : [HASHED]),
  ];
}

const HASHED = 'Identifiers are hashed (audit.identifiers): "--user NAME" still finds whoever is meant.';

export const number = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
