import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { applyFile } from '../../scim/schema/custom/apply-file.ts';
import type { SchemaChange } from '../../scim/schema/custom/changes.ts';
import { parseSchemaFile, type SchemaFile } from '../../scim/schema/custom/parse.ts';
import type { StoreCall } from '../ports.ts';
import { inWordsForOperators, type SchemaAdministration } from './administer.ts';
import type { ChangedSchemas } from './answers.ts';
import { changeSchemas } from './change-schemas.ts';

/**
 * Adds the schemas and resource types of a file, or changes those there are; every function follows within 30 s.
 *
 * @throws {AdminRefusal} a mistake in the file, a contradiction, or a change that would lose stored values
 */
export async function applySchemas(
  administration: SchemaAdministration,
  request: RequestOf<'schema.apply'>,
  call: StoreCall,
): Promise<Administered<ChangedSchemas>> {
  const { document, dryRun, ...placing } = request;
  const file = inWordsForOperators(() => parseSchemaFile(document));
  const changes = await changeSchemas(administration, (current) => applyFile(administration.builtIn, current, file, placing), dryRun, call);
  const schemas = file.schemas.map(({ part }) => part.id);
  return {
    result: { dryRun, changes: [...changes, ...unchanged(file, changes)] },
    event: eventOf(request, new Date(administration.now()), { schemas, ...(dryRun && { dryRun }) }),
  };
}

/** Names what is in the file and was so already. */
function unchanged({ schemas, types }: SchemaFile, changes: readonly SchemaChange[]): ChangedSchemas['changes'] {
  const isChanged = (name: string): boolean => changes.some(({ subject }) => subject === name || subject.startsWith(`${name}:`));
  const isTypeChanged = (name: string): boolean =>
    changes.some(
      ({ subject }) => subject === `resource type ${name}` || (subject.startsWith('extension ') && subject.endsWith(` of ${name}`)),
    );
  return [
    ...schemas.filter(({ part }) => !isChanged(part.id)).map(({ part }) => ({ kind: 'unchanged', subject: part.id }) as const),
    ...types
      .filter(({ part }) => !isTypeChanged(part.name))
      .map(({ part }) => ({ kind: 'unchanged', subject: `resource type ${part.name}` }) as const),
  ];
}
