import pMap from 'p-map';
import * as z from 'zod/mini';
import { AdminRefusal } from '../../../../src/access/admin-refusal.ts';
import { defineCommand, UsageError } from '../../../command.ts';
import { renderTable } from '../../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../../target.ts';
import type { Terminal } from '../../../terminal.ts';
import { readVersion } from '../../../version.ts';
import { readTenant } from '../read-tenant.ts';
import { tenantNames } from '../tenant-names.ts';
import { learnDeployed, learnLocal } from './learn.ts';
import { faultyStatus, statusOf, type TenantStatus } from './tenant-status.ts';

/** Tenants asked at the same time. */
const CONCURRENCY = 8;

export const tenantStatus = defineCommand({
  name: 'tenant status',
  summary: 'Show how each tenant is, deployed or on this machine; the exit code is 1 when one of them needs attention.',
  argument: { name: 'tenants', summary: 'names that "scim tenant list" shows (default: all)', isOptional: true, isVariadic: true },
  flags: ADMIN_FLAGS,
  examples: ['scim tenant status', 'scim tenant status example inforsts-tst --json', 'scim tenant status --local'],
  options: z.strictObject({
    ...adminOptions,
    tenants: tenantNames,
  }),
  run: async ({ tenants: named, tenant, local, by, json }, terminal) => {
    const tenants = tenant === undefined ? named : [...named, tenant];
    if (local && tenants.length > 0) throw new UsageError('--local is the server on this machine: name no tenants with it.');
    const statuses = local ? [await localStatus(by, terminal)] : await deployedStatuses(tenants, by, terminal);
    const version = readVersion();
    (json ? [JSON.stringify({ version, tenants: statuses })] : described(statuses, version)).forEach(terminal.print);
    if (statuses.length === 0) terminal.say(`There are no files in ${terminal.tenantFiles.folder}; "scim tenant add" writes one.`);
    const count = statuses.filter(({ attention }) => attention.length > 0).length;
    if (count > 0) throw new AdminRefusal(count === 1 ? 'One tenant needs attention.' : `${count} tenants need attention.`);
  },
});

async function localStatus(by: string | undefined, terminal: Terminal): Promise<TenantStatus> {
  return statusOf(await learnLocal(targetOf({ local: true }, terminal), by ?? terminal.userName, terminal), terminal.now());
}

async function deployedStatuses(wanted: readonly string[], by: string | undefined, terminal: Terminal): Promise<readonly TenantStatus[]> {
  const names = wanted.length > 0 ? wanted : await terminal.tenantFiles.names();
  const files = await Promise.all(names.map(async (name) => ({ name, read: await readTenant(name, terminal.tenantFiles) })));
  const statusOfOne = async ({ name, read }: (typeof files)[number]): Promise<TenantStatus> =>
    'fault' in read
      ? faultyStatus(name, `${terminal.tenantFiles.folder}/${name}.json: ${read.fault}`)
      : statusOf(await learnDeployed(name, by ?? terminal.userName, terminal), terminal.now());
  return pMap(files, statusOfOne, { concurrency: CONCURRENCY });
}

const described = (statuses: readonly TenantStatus[], version: string): readonly string[] =>
  statuses.length === 0
    ? []
    : [
        ...renderTable(statuses.map((status) => rowOf(status, version))),
        ...statuses.flatMap(({ tenant, attention }) => attention.map((words) => `${tenant}: ${words}`)),
      ];

const UNKNOWN = '?';

const rowOf = (status: TenantStatus, version: string) => ({
  TENANT: status.tenant,
  VERSION: status.version === null || status.version === version ? (status.version ?? UNKNOWN) : `${status.version} (${version} here)`,
  STATE: status.state ?? UNKNOWN,
  'LAST REQUEST': status.expiring === null ? UNKNOWN : (status.lastRequest?.replace(/:\d\d\.\d{3}Z$/, 'Z') ?? 'never'),
  USERS: shown(status.users),
  ACTIVE: shown(status.activeUsers),
  GROUPS: shown(status.groups),
  ALARMS: shown(status.alarms?.length ?? null),
  EXPIRING: shown(status.expiring),
});

const shown = (count: number | null): string => (count === null ? UNKNOWN : String(count));
