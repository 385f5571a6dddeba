import { parseTenant, type Tenant, TenantFileError } from '../../../lib/tenant.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { TenantFiles } from '../../tenant-files.ts';

/** What a tenant file comes to, with everything it leaves out; a file that is wrong comes as the reason. */
export type ReadTenant = { readonly tenant: Tenant } | { readonly fault: string };

/** @throws {AdminRefusal} when there is no such file, with the names there are */
export async function readTenant(name: string, files: TenantFiles): Promise<ReadTenant> {
  const text = await files.read(name);
  if (text === undefined) throw new AdminRefusal(`There is no ${files.folder}/${name}.json; ${known(await files.names())}.`);
  try {
    const tenant = parseTenant(JSON.parse(text));
    return tenant.name === name ? { tenant } : { fault: `"name" must be "${name}", as the file is called` };
  } catch (error) {
    if (error instanceof TenantFileError) return { fault: error.message };
    if (error instanceof SyntaxError) return { fault: 'it is no valid JSON' };
    throw error;
  }
}

export const pathOf = ({ stage, basePath }: Tenant): string => `/${stage}${basePath}`;

export const stackOf = ({ name }: Tenant): string => `scim-${name}`;

const known = (names: readonly string[]): string =>
  names.length === 0 ? '"scim tenant add" makes the first' : `there are ${names.join(', ')}, and "scim tenant add" makes another`;
