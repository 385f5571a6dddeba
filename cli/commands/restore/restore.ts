import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand, UsageError } from '../../command.ts';
import { CONFIRM_FLAG, confirmOptions } from '../../confirm.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { restore } from './perform.ts';

const TIME = '--to takes an instant with its zone, such as 2026-01-31T12:00:00Z';
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;
const time = z.string(TIME).check(z.refine((value) => INSTANT.test(value) && !Number.isNaN(Date.parse(value)), TIME));

export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'Bring back what a directory had at an earlier time, by point-in-time recovery; what was made since stays.',
  flags: [
    { flags: '--to <time>', summary: 'when it was as it should be, such as 2026-01-31T12:00:00Z' },
    { flags: '--only <what>', summary: '"missing": what is there and has changed stays as it is', choices: ['missing'] },
    { flags: '--type <name>', summary: 'resources of this type alone, such as User, with their memberships' },
    { flags: '--except <id...>', summary: 'resources that are left as they are, such as users whom somebody has purged since' },
    { flags: '--dry-run', summary: 'show what differs, and change nothing; the second table stays, for the restore' },
    { flags: '--keep-table', summary: 'keep the second table when all is done' },
    CONFIRM_FLAG,
    ...ADMIN_FLAGS,
  ],
  examples: [
    'scim restore --tenant example --to 2026-01-31T12:00:00Z --dry-run',
    'scim restore --tenant example --to 2026-01-31T12:00:00Z --confirm example',
  ],
  options: z.strictObject({
    ...adminOptions,
    ...confirmOptions,
    to: z.optional(time),
    only: z.optional(z.literal('missing')),
    type: z.optional(z.string()),
    except: z.optional(z.array(z.guid('--except takes ids, as --dry-run shows them'))),
    dryRun: z.optional(z.literal(true)),
    keepTable: z.optional(z.literal(true)),
  }),
  run: async ({ to, only, type, except = [], dryRun = false, keepTable = false, confirm, json, by, ...target }, terminal) => {
    if (to === undefined) throw new UsageError(`${TIME}: say when the directory was as it should be.`);
    const named = targetOf(target, terminal);
    if (named.kind === 'local')
      throw new AdminRefusal(
        'The local server keeps no earlier states to go back to: "scim export --local" keeps one, and "scim import --local" brings it back.',
      );
    await restore(
      {
        asker: { target: named, by: by ?? terminal.userName },
        stackName: named.stackName,
        tenant: target.tenant ?? '',
        at: new Date(to),
        scope: { wanted: only ?? 'all', type, except: new Set(except.map((id) => id.toLowerCase())) },
        dryRun,
        keepTable,
        confirm,
        json,
      },
      terminal,
    );
  },
});
