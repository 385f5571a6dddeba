import type { SCHEMA_ACTS } from '../../../src/access/acts/schema-acts.ts';
import { applySchemas } from '../../../src/directory/schemas/apply-schemas.ts';
import { removeSchema } from '../../../src/directory/schemas/remove-schema.ts';
import { listSchemas, showSchema } from '../../../src/directory/schemas/show-schemas.ts';
import type { Performers } from './performer.ts';

export const SCHEMA_PERFORMERS: Performers<keyof typeof SCHEMA_ACTS> = {
  'schema.apply': ({ schemaAdministration }, asked, call) => applySchemas(schemaAdministration, asked, call),
  'schema.list': ({ schemaAdministration }, asked, call) => listSchemas(schemaAdministration, asked, call),
  'schema.remove': ({ schemaAdministration }, asked, call) => removeSchema(schemaAdministration, asked, call),
  'schema.show': ({ schemaAdministration }, asked, call) => showSchema(schemaAdministration, asked, call),
};
