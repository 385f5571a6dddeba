import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Tenant as DeployedTenant, parseTenant, TenantFileError } from '../lib/tenant.ts';
import { StartRefusal, systemCode } from './start-refusal.ts';

/** What of a tenant's file concerns a server on this machine. */
export type Tenant = Pick<DeployedTenant, 'name' | 'stage' | 'basePath' | 'retentionDays' | 'audit' | 'events'>;

const TENANTS = join(import.meta.dirname, '..', 'tenants');

/** @throws {StartRefusal} when there is no such tenant, or its file is wrong. */
export async function readTenant(name: string, folder = TENANTS): Promise<Tenant> {
  if (!/^[a-z0-9-]+$/.test(name)) throw new StartRefusal(`TENANT takes the name of a file in tenants/, not "${name}".`);
  const text = await readTenantFile(name, folder);
  try {
    const { stage, basePath, retentionDays, audit, events } = parseTenant(parseJson(name, text));
    return { name, stage, basePath, retentionDays, audit, events };
  } catch (error) {
    if (!(error instanceof TenantFileError)) throw error;
    throw new StartRefusal(`tenants/${name}.json: ${error.message}`, { cause: error });
  }
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
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json') && file !== 'account.json')
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
