import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseTenant, type Tenant, TenantFileError } from './tenant.ts';

const SCHEMA_FILE = 'tenant.schema.json';

/**
 * Reads every tenant file of a folder, in the order of their names.
 *
 * @throws {TenantFileError} naming the first file that cannot be deployed
 */
export function readTenants(folder: string): readonly Tenant[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
    .sort();
  return files.map((file) => readTenant(join(folder, file)));
}

function readTenant(file: string): Tenant {
  try {
    const tenant = parseTenant(JSON.parse(readFileSync(file, 'utf8')));
    const expected = basename(file, '.json');
    if (tenant.name === expected) return tenant;
    throw new TenantFileError(`"name" must be "${expected}", as the file is called`);
  } catch (error) {
    if (error instanceof TenantFileError || error instanceof SyntaxError) {
      throw new TenantFileError(`${file}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
