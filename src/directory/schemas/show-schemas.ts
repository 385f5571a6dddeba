import { AdminRefusal } from '../../access/admin-refusal.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, eventOf } from '../../access/administration.ts';
import { renderSchema } from '../../scim/discovery.ts';
import { buildRegistry, schemasOf } from '../../scim/schema/custom/build-registry.ts';
import { isSameName } from '../../scim/schema/custom/customization.ts';
import type { Registry, Schema } from '../../scim/schema/resource-type.ts';
import type { StoreCall } from '../ports.ts';
import { readCurrent, type SchemaAdministration } from './administer.ts';
import type { ListedSchemas, SchemaSummary, ShownSchema } from './answers.ts';

/** Lists the schemas there are, built in or applied, with what each is for. */
export async function listSchemas(
  administration: SchemaAdministration,
  request: RequestOf<'schema.list'>,
  call: StoreCall,
): Promise<Administered<ListedSchemas>> {
  const { customization } = await readCurrent(administration, call);
  const registry = buildRegistry(administration.builtIn, customization);
  const applied = new Set(customization.schemas.map(({ id }) => id));
  const schemas = schemasOf(registry).map((schema) => summarise(registry, schema, applied.has(schema.id)));
  return { result: { schemas }, event: eventOf(request, new Date(administration.now())) };
}

/** @throws {AdminRefusal} when there is no such schema */
export async function showSchema(
  administration: SchemaAdministration,
  request: RequestOf<'schema.show'>,
  call: StoreCall,
): Promise<Administered<ShownSchema>> {
  const { customization } = await readCurrent(administration, call);
  const schema = schemasOf(buildRegistry(administration.builtIn, customization)).find(({ id }) => isSameName(id, request.schema));
  if (schema === undefined) throw new AdminRefusal(`There is no schema ${request.schema}: the list of schemas shows their URNs.`);
  const { meta: _ofAnEndpoint, ...shown } = renderSchema(schema, '');
  return { result: { schema: shown }, event: eventOf(request, new Date(administration.now()), { schemas: [schema.id] }) };
}

const summarise = (registry: Registry, { id, name, attributes }: Schema, isApplied: boolean): SchemaSummary => ({
  id,
  name,
  attributes: attributes.length,
  origin: isApplied ? 'applied' : 'built in',
  core: registry.filter(({ schema }) => schema.id === id).map(({ name: type, endpoint }) => ({ type, endpoint })),
  extends: registry.flatMap(({ name: type, extensions }) =>
    extensions.filter(({ schema }) => schema.id === id).map(({ required }) => ({ type, required })),
  ),
});
