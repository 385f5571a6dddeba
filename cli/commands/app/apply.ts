import * as z from 'zod/mini';
import { changedApplicationsSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { readJsonFile } from '../../read-json-file.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { showApplicationChanges } from './shown.ts';

export const appApply = defineCommand({
  name: 'app apply',
  summary: 'Make the applications of a file what it says, all or none; others stay as they are.',
  argument: { name: 'file', summary: 'JSON: what "scim app export" printed' },
  flags: [...ADMIN_FLAGS, { flags: '--dry-run', summary: 'judge the whole file, show what would change, and change nothing' }],
  examples: ['scim app apply applications.json --local --dry-run', 'scim app apply applications.json --tenant example'],
  options: z.strictObject({ ...adminOptions, file: z.string(), dryRun: z.optional(z.literal(true)) }),
  run: async ({ json, by, file, dryRun, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const document = await readJsonFile(file, terminal);
    const request = { act: 'app.apply', by: by ?? terminal.userName, document, dryRun } as const;
    const { result } = await askAdmin({ target, request, expect: changedApplicationsSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else showApplicationChanges(result, terminal);
  },
});
