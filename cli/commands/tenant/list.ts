import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand } from '../../command.ts';
import { renderTable } from '../../table.ts';
import { pathOf, type ReadTenant, readTenant, stackOf } from './read-tenant.ts';

export const tenantList = defineCommand({
  name: 'tenant list',
  summary: 'List the tenants there are files of, whether they are deployed or not.',
  flags: [{ flags: '--json', summary: 'print the result as JSON' }],
  examples: ['scim tenant list', 'scim tenant list --json'],
  options: z.strictObject({ json: z.optional(z.literal(true)) }),
  run: async ({ json }, { tenantFiles, print, say }) => {
    const names = await tenantFiles.names();
    const read = await Promise.all(names.map(async (name) => ({ name, ...(await readTenant(name, tenantFiles)) })));
    const faulty = read.flatMap((one) => ('fault' in one ? [one] : []));
    const tenants = read.flatMap((one) => ('tenant' in one ? [one.tenant] : []));
    if (json) print(JSON.stringify({ tenants: tenants.map((tenant) => ({ ...tenant, ...placeOf({ tenant }) })), faulty }));
    else if (tenants.length > 0) renderTable(tenants.map(rowOf)).forEach(print);
    if (names.length === 0) say(`There are no files in ${tenantFiles.folder}; "scim tenant add" writes one.`);
    if (faulty.length > 0)
      throw new AdminRefusal(faulty.map(({ name, fault }) => `${tenantFiles.folder}/${name}.json: ${fault}.`).join('\n'));
  },
});

const placeOf = ({ tenant }: Extract<ReadTenant, { tenant: unknown }>) => ({ path: pathOf(tenant), stack: stackOf(tenant) });

const rowOf = (tenant: Extract<ReadTenant, { tenant: unknown }>['tenant']) => ({
  NAME: tenant.name,
  PATH: pathOf(tenant),
  ENVIRONMENT: tenant.environment,
  STACK: stackOf(tenant),
});
