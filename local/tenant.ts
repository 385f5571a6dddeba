import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { StartRefusal, systemCode } from './start-refusal.ts';

/** What the URL of a tenant is made of; the other keys of its file concern the deployed stack alone. */
const tenantSchema = z.object({
  name: z.string(),
  stage: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]+$/))),
  retentionDays: z._default(z.int().check(z.gte(1), z.lte(365)), 30),
  basePath: z._default(z.string().check(z.regex(/^(\/[^/\s]+)*$/)), '/scim/v2'),
});

export type Tenant = { readonly name: string; readonly stage: string; readonly basePath: string; readonly retentionDays: number };

const TENANTS = join(import.meta.dirname, '..', 'tenants');

/** @throws {StartRefusal} when there is no such tenant, or its file is wrong. */
export async function readTenant(name: string, folder = TENANTS): Promise<Tenant> {
  if (!/^[a-z0-9-]+$/.test(name)) throw new StartRefusal(`TENANT takes the name of a file in tenants/, not "${name}".`);
  const text = await readTenantFile(name, folder);
  const parsed = tenantSchema.safeParse(parseJson(name, text));
  if (!parsed.success) throw new StartRefusal(`tenants/${name}.json: ${z.prettifyError(parsed.error)}`);
  const { stage = name, basePath, retentionDays } = parsed.data;
  return { name, stage, basePath, retentionDays };
}

async function readTenantFile(name: string, folder: string): Promise<string> {
  try {
    return await readFile(join(folder, `${name}.json`), 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    throw new StartRefusal(`There is no tenants/${name}.json. TENANT may be ${await namesIn(folder)}.`, { cause: error });
  }
}

async function namesIn(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  const names = files
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => file.slice(0, -'.json'.length));
  return names.length === 0 ? 'any file you put there' : names.toSorted().join(', ');
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartRefusal(`tenants/${name}.json is not valid JSON.`, { cause: error });
  }
}
