import * as z from 'zod/mini';
import { shownSchemaSchema } from '../../../src/directory/schemas/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const schemaShow = defineCommand({
  name: 'schema show',
  summary: 'Print a schema as a file that can be edited and applied again.',
  argument: { name: 'urn', summary: 'the URN that "scim schema list" shows' },
  flags: ADMIN_FLAGS,
  examples: ['scim schema show urn:ietf:params:scim:schemas:core:2.0:Group --local'],
  options: z.strictObject({ ...adminOptions, urn: z.string() }),
  run: async ({ json, by, urn, ...target }, terminal) => {
    const { result } = await askAdmin(
      {
        target: targetOf(target, terminal),
        request: { act: 'schema.show', by: by ?? terminal.userName, schema: urn },
        expect: shownSchemaSchema,
      },
      terminal,
    );
    terminal.print(JSON.stringify(result.schema, undefined, json ? 0 : 2));
  },
});
