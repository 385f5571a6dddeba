/** Writes the JSON Schemas of tenant files and of account.json, after a change of lib/tenant.ts or lib/account.ts: `node scripts/write-tenant-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { accountSchema } from '../lib/account.ts';
import { renderSchema } from '../lib/settings-file.ts';
import { tenantSchema } from '../lib/tenant.ts';

writeFileSync(new URL('../tenants/tenant.schema.json', import.meta.url), renderSchema(tenantSchema));
writeFileSync(new URL('../tenants/account.schema.json', import.meta.url), renderSchema(accountSchema));
