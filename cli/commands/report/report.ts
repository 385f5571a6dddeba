import * as z from 'zod/mini';
import { defineCommand, UsageError } from '../../command.ts';
import { identify } from '../../identify.ts';
import { sinceOption } from '../../since.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { parseTimespan } from './timespan.ts';
import { FORMATS, writeReport } from './write-report.ts';

export const report = defineCommand({
  name: 'report',
  summary: 'Report what was provisioned: a row for each change and each failure, with a summary; the last 24 hours unless told otherwise.',
  flags: [
    { flags: '--user <identifier>', summary: 'only what is about this user or group: a name it has or had, or its id' },
    { flags: '--app <key>', summary: 'only what this application asked for' },
    { flags: '--since <duration>', summary: 'from so long ago until now: 90m, 24h, 7d (default: 24h)' },
    { flags: '--from <time>', summary: 'from a date, or a date and time, on; in UTC unless it names a zone: 2026-11-21T08:00+01:00' },
    { flags: '--to <time>', summary: 'until then, exclusive (default: now); without --from, the 24 hours before' },
    { flags: '--format <format>', summary: 'table, csv, json, or html: a page with charts (default: table)', choices: FORMATS },
    { flags: '--output <file>', summary: 'where to write it (default: standard output)' },
    ...ADMIN_FLAGS,
  ],
  examples: [
    'scim report --local',
    'scim report --tenant example --user babs@example.com --since 30d',
    'scim report --tenant example --app default --from 2026-11-01 --to 2026-12-01 --format html --output november.html',
  ],
  options: z.strictObject({
    ...adminOptions,
    user: z.optional(
      z.string().check(z.minLength(1, '--user takes a name or an id.'), z.maxLength(1_024, '--user takes a name or an id.')),
    ),
    app: z.optional(z.string()),
    since: sinceOption,
    from: z.optional(z.string()),
    to: z.optional(z.string()),
    format: z.optional(z.enum(FORMATS)),
    output: z.optional(z.string()),
  }),
  run: async ({ json, by, user, app, since, from, to, format, output, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    if (json && format !== undefined && format !== 'json') throw new UsageError('--json is --format json: give one of the two.');
    const timespan = parseTimespan({ sinceMs: since, from, to }, terminal.now());
    const person = user === undefined ? undefined : await identify(user, { target, by }, terminal);
    const question = { timespan, person, application: app };
    const title = named.tenant ?? 'this machine';
    await writeReport({ target, question, format: json ? 'json' : (format ?? 'table'), output, title }, terminal);
  },
});
