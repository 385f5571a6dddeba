import * as z from 'zod/mini';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { defineCommand } from '../../command.ts';
import { columns } from '../../table.ts';
import { pathOf, readTenant, stackOf } from './read-tenant.ts';

const tenantName = z.string().check(z.regex(/^[a-z0-9-]+$/, 'A tenant is shown by the name of its file, without ".json".'));

export const tenantShow = defineCommand({
  name: 'tenant show',
  summary: "Show what a tenant's file comes to, with what it leaves out.",
  argument: { name: 'name', summary: 'the name that "scim tenant list" shows' },
  flags: [{ flags: '--json', summary: 'print the result as JSON' }],
  examples: ['scim tenant show example', 'scim tenant show inforsts-tst --json'],
  options: z.strictObject({ name: tenantName, json: z.optional(z.literal(true)) }),
  run: async ({ name, json }, { tenantFiles, print, say }) => {
    const read = await readTenant(name, tenantFiles);
    if ('fault' in read) throw new AdminRefusal(`${tenantFiles.folder}/${name}.json: ${read.fault}.`);
    const { throttling, ...settings } = read.tenant;
    const shown = { ...settings, path: pathOf(read.tenant), stack: stackOf(read.tenant) };
    if (json) return print(JSON.stringify({ ...shown, throttling }));
    const rows = { ...shown, 'throttling.requestsPerSecond': throttling.requestsPerSecond, 'throttling.burst': throttling.burst };
    columns(Object.entries(rows).map(([setting, value]) => [setting, String(value)])).forEach(print);
    say(`Once it is deployed, its URL is the output TenantUrl of the stack ${stackOf(read.tenant)}.`);
  },
});
