import * as z from 'zod/mini';
import { changedSchemasSchema } from '../../../src/directory/schemas/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { showChanges } from './show-changes.ts';

export const schemaRemove = defineCommand({
  name: 'schema remove',
  summary: 'Remove a schema that no resource has a value of, with the resource type it is of.',
  argument: { name: 'urn', summary: 'the URN that "scim schema list" shows' },
  flags: [...ADMIN_FLAGS, { flags: '--dry-run', summary: 'show what would change, and change nothing' }],
  examples: ['scim schema remove urn:ietf:params:scim:schemas:extension:infor:2.0:User --tenant example'],
  options: z.strictObject({ ...adminOptions, urn: z.string(), dryRun: z.optional(z.literal(true)) }),
  run: async ({ json, by, urn, dryRun, ...target }, terminal) => {
    const { result } = await askAdmin(
      {
        target: targetOf(target, terminal),
        request: { act: 'schema.remove', by: by ?? terminal.userName, schema: urn, dryRun },
        expect: changedSchemasSchema,
      },
      terminal,
    );
    if (json) terminal.print(JSON.stringify(result));
    else showChanges(result, terminal);
  },
});
