import * as z from 'zod/mini';
import { changedMappingSchema } from '../../../../src/directory/mapping/answers.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { defineCommand } from '../../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../application-option.ts';
import { showMappingChanges } from './show-changes.ts';

export const appMapRemove = defineCommand({
  name: 'app map remove',
  summary: 'Map nothing any more; what the application created loses its profile.',
  flags: [...ADMIN_FLAGS, APPLICATION_FLAG, { flags: '--dry-run', summary: 'show what would go, and change nothing' }],
  examples: ['scim app map remove --local --dry-run', 'scim app map remove --tenant example --app entra-hr'],
  options: z.strictObject({ ...adminOptions, ...applicationOption, dryRun: z.optional(z.literal(true)) }),
  run: async ({ json, by, app, dryRun, ...target }, terminal) => {
    const request = { act: 'app.map.remove', by: by ?? terminal.userName, application: app, dryRun } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: changedMappingSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else showMappingChanges(result, terminal);
  },
});
