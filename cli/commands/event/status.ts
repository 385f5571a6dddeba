import * as z from 'zod/mini';
import { type FeedStatus, feedStatusSchema } from '../../../src/directory/feed/operator/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { cancellable } from '../../cancellable.ts';
import { defineCommand } from '../../command.ts';
import { columns } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { grouped } from '../transfer/rate.ts';
import { type LongestDelay, readLongestDelay } from './longest-delay.ts';

export const eventsStatus = defineCommand({
  name: 'events status',
  summary: 'Show how the feed of events is: when something was last told, how late, how much, and whether anything was put aside.',
  flags: ADMIN_FLAGS,
  examples: ['scim events status --local', 'scim events status --tenant example --json'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const request = { act: 'events.status', by: by ?? terminal.userName } as const;
    const { result } = await askAdmin({ target, request, expect: feedStatusSchema }, terminal);
    const now = terminal.now();
    const delay = await cancellable(terminal.onInterrupt, (signal) => readLongestDelay(() => terminal.openLog(target, signal), now));
    const asJson = { ...result, ...(delay.ms !== undefined && { longestDelayMs: delay.ms }) };
    (json ? [JSON.stringify(asJson)] : columns(describe(result, delay))).forEach(terminal.print);
  },
});

const describe = ({ lastAt, lastHour, lastDay, deadLetters, values, retentionDays, bus, cursor }: FeedStatus, delay: LongestDelay) => [
  ['Last event', lastAt ?? 'none is left'],
  ['Events', `${countOf(lastHour)} in the last hour, ${countOf(lastDay)} in the last day`],
  ['Told after', delayOf(delay)],
  ['Kept for', `${retentionDays} days`],
  ['Values', values === 'profile' ? 'events carry what resources are' : 'none: events say what has changed, and carry no values'],
  ['Event bus', bus ?? 'none'],
  ['Log ends at', cursor],
  ['Put aside', putAside(deadLetters)],
];

const countOf = ({ events, isMore }: FeedStatus['lastHour']): string => `${grouped(events)}${isMore ? ' or more' : ''}`;

function delayOf({ isKnown, ms }: LongestDelay): string {
  if (!isKnown) return 'unknown: the log cannot be read';
  return ms === undefined ? 'none was told in the last hour' : `${(ms / 1_000).toFixed(1)} s at most, in the last hour`;
}

const putAside = (count: number): string =>
  count === 0 ? 'nothing' : `${grouped(count)}: see why ${count === 1 ? 'it' : 'they'} failed, then "scim events redrive"`;
