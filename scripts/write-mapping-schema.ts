/** Writes the JSON Schema of mapping files, after a change of their form: `node scripts/write-mapping-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { renderMappingSchema } from './docs/mapping-schema.ts';

writeFileSync(new URL('../docs/reference/mapping.schema.json', import.meta.url), renderMappingSchema());
