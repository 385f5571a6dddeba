import * as z from 'zod/mini';
import { changedSchemasSchema } from '../../../src/directory/schemas/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { readJsonFile } from '../../read-json-file.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { showChanges } from './show-changes.ts';

export const schemaApply = defineCommand({
  name: 'schema apply',
  summary: 'Add or change the schemas and resource types of a file.',
  argument: { name: 'file', summary: 'JSON: a Schema, a ResourceType, a list of them, or a ListResponse (RFC 7643)' },
  flags: [
    ...ADMIN_FLAGS,
    { flags: '--extends <type>', summary: 'the resource type that the schema adds attributes to, such as User' },
    { flags: '--required', summary: 'let every resource of this type have a value of it' },
    { flags: '--endpoint <path>', summary: 'make the schema a resource type of its own, at this endpoint, such as /Devices' },
    { flags: '--dry-run', summary: 'show what would change, and change nothing' },
  ],
  examples: [
    'scim schema apply examples/schemas/infor-user.json --local --dry-run',
    'scim schema apply examples/schemas/device.json --tenant example',
  ],
  options: z.strictObject({
    ...adminOptions,
    file: z.string(),
    extends: z.optional(z.string()),
    required: z.optional(z.literal(true)),
    endpoint: z.optional(z.string()),
    dryRun: z.optional(z.literal(true)),
  }),
  run: async ({ json, by, file, extends: extended, required, endpoint, dryRun, ...target }, terminal) => {
    const named = targetOf(target, terminal);
    const document = await readJsonFile(file, terminal);
    const { result } = await askAdmin(
      {
        target: named,
        request: { act: 'schema.apply', by: by ?? terminal.userName, document, extends: extended, required, endpoint, dryRun },
        expect: changedSchemasSchema,
      },
      terminal,
    );
    if (json) terminal.print(JSON.stringify(result));
    else showChanges(result, terminal);
  },
});
