import * as z from 'zod/mini';
import { type Command, defineCommand, UsageError } from '../../command.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { parseTimespan } from '../report/timespan.ts';
import { publishAgain, type Replay, showAgain } from './replaying.ts';
import { SELECTION_FLAGS, selectionOf, selectionOptions } from './selection.ts';

export const eventsReplay: Command = defineCommand({
  name: 'events replay',
  summary: 'Show what was told in a timespan, or send it to the event bus again; the last 24 hours unless told otherwise.',
  flags: [
    ...SELECTION_FLAGS,
    { flags: '--since <duration>', summary: 'from so long ago until now: 90m, 24h, 7d (default: 24h)' },
    { flags: '--from <time>', summary: 'from a date, or a date and time, on; in UTC unless it names a zone: 2026-11-21T08:00+01:00' },
    { flags: '--to <time>', summary: 'until then, exclusive (default: now); without --from, the 24 hours before' },
    { flags: '--cursor <cursor>', summary: 'in place of the begin: go on where an earlier run has stopped' },
    { flags: '--publish', summary: 'send the events to the event bus again, in place of showing them' },
    { flags: '--dry-run', summary: 'with --publish: say how many there are, and send none' },
    ...ADMIN_FLAGS,
  ],
  examples: [
    'scim events replay --local --user ada@example.com --since 7d',
    'scim events replay --tenant example --from 2026-11-20 --to 2026-11-21 --json',
    'scim events replay --tenant example --since 6h --publish',
  ],
  options: z.strictObject({
    ...adminOptions,
    ...selectionOptions,
    since: sinceOption,
    from: z.optional(z.string()),
    to: z.optional(z.string()),
    cursor: z.optional(z.string()),
    publish: z.optional(z.literal(true)),
    dryRun: z.optional(z.literal(true)),
  }),
  run: async ({ json, by, since, from, to, cursor, publish, dryRun, user, group, resource, type, ...named }, terminal) => {
    if (dryRun && !publish) throw new UsageError('--dry-run belongs to --publish: without it nothing is sent.');
    if (cursor !== undefined && (since !== undefined || from !== undefined))
      throw new UsageError('--cursor says where to begin: leave out --since and --from.');
    const timespan = parseTimespan({ sinceMs: since, from, to }, terminal.now());
    const replay: Replay = {
      target: targetOf(named, terminal),
      by: by ?? terminal.userName,
      selection: selectionOf({ user, group, resource, type }),
      begin: cursor === undefined ? { since: timespan.from.toISOString() } : { cursor },
      until: timespan.to.toISOString(),
    };
    await (publish ? publishAgain(replay, { json, dryRun: dryRun ?? false }, terminal) : showAgain(replay, json, terminal));
  },
});
