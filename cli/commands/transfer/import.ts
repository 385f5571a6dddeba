import * as z from 'zod/mini';
import { CONFLICT_POLICIES } from '../../../src/directory/transfer/policy.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { checkFile } from './check-file.ts';
import { sendImport } from './send-import.ts';
import { showImport } from './show-import.ts';

const LINE = '--from-line takes the number of a line, from 1';

export const importCommand = defineCommand({
  name: 'import',
  summary:
    'Bring a file that "scim export" made into the directory, ids and versions kept; what is there already and equal is passed over.',
  argument: { name: 'file', summary: 'what "scim export" wrote' },
  flags: [
    ...ADMIN_FLAGS,
    {
      flags: '--on-conflict <policy>',
      summary: 'what becomes of a resource that is there already and differs: the import fails, it is skipped, or replaced (default: fail)',
      choices: CONFLICT_POLICIES,
    },
    { flags: '--dry-run', summary: 'judge the whole file, and change nothing' },
    { flags: '--partial', summary: 'take a file that broke off, too' },
    { flags: '--from-line <number>', summary: 'leave out the lines before, where an earlier import came as far' },
  ],
  examples: ['scim import directory.ndjson --local --dry-run', 'scim import directory.ndjson --tenant example'],
  options: z.strictObject({
    ...adminOptions,
    file: z.string(),
    onConflict: z._default(z.enum(CONFLICT_POLICIES), 'fail'),
    dryRun: z.optional(z.literal(true)),
    partial: z.optional(z.literal(true)),
    fromLine: z._default(z.coerce.number(LINE).check(z.refine((line) => Number.isSafeInteger(line) && line >= 1, LINE)), 1),
  }),
  run: async ({ json, by, file, onConflict, dryRun = false, partial, fromLine, ...target }, terminal) => {
    const named = targetOf(target, terminal);
    const contents = await checkFile(file, partial === true, terminal);
    const policy = { onConflict, dryRun };
    const outcome = await sendImport({ target: named, by: by ?? terminal.userName, file, contents, fromLine, policy }, terminal);
    showImport(outcome, json, terminal);
  },
});
