import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Account, parseAccount } from './account.ts';
import { checkTags } from './tags.ts';
import { parseTenant, type Tenant, TenantFileError } from './tenant.ts';
import { checkDomains } from './tenant-domains.ts';

const ACCOUNT_FILE = 'account.json';

/**
 * Reads every tenant file of a folder, in the order of their names.
 *
 * @throws {TenantFileError} naming the first file that cannot be deployed
 */
export function readTenants(folder: string): readonly Tenant[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json') && file !== ACCOUNT_FILE)
    .sort();
  return files.map((file) => readTenant(join(folder, file)));
}

/**
 * Reads everything that is to be deployed from a folder.
 *
 * @throws {TenantFileError} naming the first file that cannot be deployed, by itself or beside the others
 */
export function readDeployment(folder: string): { readonly account: Account; readonly tenants: readonly Tenant[] } {
  const account = readAccount(folder);
  const tenants = readTenants(folder);
  checkDomains(tenants, account);
  checkTags(tenants, account);
  return { account, tenants };
}

/**
 * Reads what the tenants of a folder have in common; without the file, nothing.
 *
 * @throws {TenantFileError} naming the file
 */
export function readAccount(folder: string): Account {
  const file = join(folder, ACCOUNT_FILE);
  return existsSync(file) ? parseFile(file, parseAccount) : parseAccount({});
}

const readTenant = (file: string): Tenant =>
  parseFile(file, (content) => {
    const tenant = parseTenant(content);
    const expected = basename(file, '.json');
    if (tenant.name === expected) return tenant;
    throw new TenantFileError(`"name" must be "${expected}", as the file is called`);
  });

function parseFile<Parsed>(file: string, parse: (content: unknown) => Parsed): Parsed {
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof TenantFileError || error instanceof SyntaxError) {
      throw new TenantFileError(`${file}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
