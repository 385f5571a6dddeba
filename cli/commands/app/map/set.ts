import * as z from 'zod/mini';
import { changedMappingSchema } from '../../../../src/directory/mapping/answers.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { defineCommand } from '../../../command.ts';
import { readJsonFile } from '../../../read-json-file.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../application-option.ts';
import { showMappingChanges } from './show-changes.ts';

export const appMapSet = defineCommand({
  name: 'app map set',
  summary: 'Map SCIM attributes to names of your own, as a file says; it takes the place of the mapping there is.',
  argument: { name: 'file', summary: 'JSON: a list of attributes for each resource type' },
  flags: [...ADMIN_FLAGS, APPLICATION_FLAG, { flags: '--dry-run', summary: 'judge the file, show what would change, and change nothing' }],
  examples: [
    'scim app map set examples/mappings/plain.json --local --dry-run',
    'scim app map set examples/mappings/plain.json --tenant example --app entra-hr',
  ],
  options: z.strictObject({ ...adminOptions, ...applicationOption, file: z.string(), dryRun: z.optional(z.literal(true)) }),
  run: async ({ json, by, app, file, dryRun, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const mapping = await readJsonFile(file, terminal);
    const request = { act: 'app.map.set', by: by ?? terminal.userName, application: app, mapping, dryRun } as const;
    const { result } = await askAdmin({ target, request, expect: changedMappingSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else showMappingChanges(result, terminal);
  },
});
