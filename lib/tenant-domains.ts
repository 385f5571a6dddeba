import type { Account } from './account.ts';
import { type Tenant, TenantFileError } from './tenant.ts';

/**
 * Holds the domains of all tenants against each other and against those of the account, which no file shows by itself.
 *
 * @throws {TenantFileError} naming the tenant and what would be right
 */
export function checkDomains(tenants: readonly Tenant[], { domains }: Account): void {
  const shared = new Set(domains.map(({ name }) => name));
  const owners = new Map<string, string>();
  const addresses = new Map<string, string>();
  for (const { name: tenant, domain } of tenants) {
    if (domain === undefined) continue;
    const { name, certificateArn, path } = domain;
    if (certificateArn === undefined) requireShared(tenant, name, shared);
    else requireUnshared(tenant, name, owners.get(name) ?? (shared.has(name) ? 'account' : undefined));
    if (certificateArn !== undefined) owners.set(name, tenant);
    const address = `${name}/${path}`;
    const other = addresses.get(address);
    if (other !== undefined)
      throw new TenantFileError(`${tenant}.json: "domain.path": https://${address} is that of ${other}.json already`);
    addresses.set(address, tenant);
  }
}

function requireShared(tenant: string, name: string, shared: ReadonlySet<string>): void {
  if (shared.has(name)) return;
  const known = shared.size === 0 ? 'which names none' : `which names ${[...shared].join(', ')}`;
  throw new TenantFileError(
    `${tenant}.json: "domain.name": ${name} needs a "certificateArn", or has to be a domain of account.json, ${known}`,
  );
}

function requireUnshared(tenant: string, name: string, owner: string | undefined): void {
  if (owner === undefined) return;
  const remedy = owner === 'account' ? 'leave out "certificateArn"' : 'move the domain to account.json, for both to share';
  throw new TenantFileError(`${tenant}.json: "domain.certificateArn": ${name} is made by ${owner}.json already: ${remedy}`);
}
