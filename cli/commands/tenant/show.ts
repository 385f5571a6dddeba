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
    const shown = { ...read.tenant, path: pathOf(read.tenant), stack: stackOf(read.tenant) };
    if (json) return print(JSON.stringify(shown));
    columns(Object.entries(shown).flatMap(rowsOf)).forEach(print);
    say(`Once it is deployed, its URL is the output TenantUrl of the stack ${stackOf(read.tenant)}.`);
  },
});

/** A setting that holds others is shown as these, and lists with commas. */
function rowsOf([setting, value]: readonly [string, unknown]): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return [[setting, value.join(', ')]];
  if (typeof value !== 'object' || value === null) return [[setting, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => rowsOf([`${setting}.${key}`, inner]));
}
