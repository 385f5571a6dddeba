/** Writes the JSON Schema of tenant files, after a change of lib/tenant.ts: `node scripts/write-tenant-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { renderTenantSchema } from '../lib/tenant.ts';

writeFileSync(new URL('../tenants/tenant.schema.json', import.meta.url), renderTenantSchema());
