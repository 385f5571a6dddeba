import * as z from 'zod/mini';
import { listedSchemasSchema, type SchemaSummary } from '../../../src/directory/schemas/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const schemaList = defineCommand({
  name: 'schema list',
  summary: 'List the schemas there are: what they are for, and which are your own.',
  flags: ADMIN_FLAGS,
  examples: ['scim schema list --local', 'scim schema list --tenant example --json'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...target }, terminal) => {
    const { result } = await askAdmin(
      { target: targetOf(target, terminal), request: { act: 'schema.list', by: by ?? terminal.userName }, expect: listedSchemasSchema },
      terminal,
    );
    if (json) terminal.print(JSON.stringify(result));
    else renderTable(result.schemas.map(rowOf)).forEach(terminal.print);
  },
});

const rowOf = ({ id, attributes, origin, ...uses }: SchemaSummary) => ({
  SCHEMA: id,
  FOR: [
    ...uses.core.map(({ type, endpoint }) => `${type} at ${endpoint}`),
    ...uses.extends.map(({ type, required }) => `extends ${type}${required ? ', required' : ''}`),
  ].join('; '),
  ATTRIBUTES: String(attributes),
  ORIGIN: origin,
});
