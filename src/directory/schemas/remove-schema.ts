import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { removeSchema as without } from '../../scim/schema/custom/remove-schema.ts';
import type { StoreCall } from '../ports.ts';
import type { SchemaAdministration } from './administer.ts';
import type { ChangedSchemas } from './answers.ts';
import { changeSchemas } from './change-schemas.ts';

/**
 * Removes a schema with everything that was made of it, if nothing is stored under it.
 *
 * @throws {AdminRefusal} there is no such schema, it is built in, or values are stored under it
 */
export async function removeSchema(
  administration: SchemaAdministration,
  request: RequestOf<'schema.remove'>,
  call: StoreCall,
): Promise<Administered<ChangedSchemas>> {
  const { schema, dryRun } = request;
  const changes = await changeSchemas(administration, (current) => without(administration.builtIn, current, schema), dryRun, call);
  return {
    result: { dryRun, changes },
    event: eventOf(request, new Date(administration.now()), { schemas: [schema], ...(dryRun && { dryRun }) }),
  };
}
